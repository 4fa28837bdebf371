// Passkeys: hand the server's options to the browser and its answer back in the form. Without this script the other
// ways stay: the button is hidden until it can work.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (c) => c.charCodeAt(0))
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const withBytes = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }))

function forBrowser (key) {
  const options = { ...key, challenge: bytes(key.challenge) }
  if (key.user) options.user = { ...key.user, id: bytes(key.user.id) }
  if (key.excludeCredentials) options.excludeCredentials = withBytes(key.excludeCredentials)
  if (key.allowCredentials) options.allowCredentials = withBytes(key.allowCredentials)
  return { publicKey: options }
}

function forServer (credential) {
  const response = {}
  for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
    if (credential.response[part]) response[part] = text(credential.response[part])
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
    authenticatorAttachment: credential.authenticatorAttachment || undefined
  })
}

async function optionsOf (form) {
  if (form.dataset.passkey !== 'enter') return JSON.parse(document.getElementById('passkey-options').textContent)
  const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
  if (!answer.ok) throw new Error(String(answer.status))
  return answer.json()
}

function say (form, words) {
  const place = form.querySelector('[data-passkey-error]')
  place.textContent = words
  place.hidden = !words
}

async function start (form) {
  say(form, '')
  try {
    const options = await optionsOf(form)
    const credential = form.dataset.passkey === 'create'
      ? await navigator.credentials.create(forBrowser(options.creation_options.publicKey))
      : await navigator.credentials.get(forBrowser(options.request_options.publicKey))
    form.elements.credential.value = forServer(credential)
    form.submit()
  } catch {
    say(form, form.dataset.wordsFailed)
  }
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const button = form.querySelector('[data-passkey-start]')
  form.querySelector('[data-passkey-without]').hidden = true
  if (!window.PublicKeyCredential) {
    if (form.dataset.passkey !== 'enter') say(form, form.dataset.wordsUnknown)
    continue
  }
  button.hidden = false
  button.addEventListener('click', () => start(form))
}
