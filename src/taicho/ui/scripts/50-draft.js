// Long forms keep what is being typed in this tab's own storage (data-draft), and offer it back after a mishap.
// Never kept: passwords, files, hidden fields, lists of many, anything marked data-private. A draft of another person is thrown away.
const OWNER = "taicho.draft-owner";
const PREFIX = "taicho.draft:";
const EVERY = 5000;
const keys = () => Object.keys(sessionStorage).filter((key) => key.startsWith(PREFIX));
const dropAll = () => keys().forEach((key) => sessionStorage.removeItem(key));
const owner = document.body.dataset.owner;
if (owner && sessionStorage.getItem(OWNER) !== owner) {
  dropAll();
  sessionStorage.setItem(OWNER, owner);
}
document.querySelectorAll("[data-sign-out]").forEach((form) => form.addEventListener("submit", dropAll));
const hidden = new Set(["password", "file", "hidden", "submit", "button", "reset", "select-multiple"]);
const fields = (form) => [...form.elements].filter((f) => f.name && !hidden.has(f.type) && !f.closest("[data-private]"));
const read = (form) => fields(form).map((f) => [f.name, f.value, f.type === "checkbox" || f.type === "radio" ? f.checked : null]);
const write = (form, kept) => {
  for (const field of fields(form)) {
    const box = field.type === "checkbox" || field.type === "radio";
    const row = kept.find(([name, value]) => name === field.name && (!box || value === field.value));
    if (!row) continue;
    if (box) field.checked = row[2];
    else field.value = row[1];
  }
};
const stamp = () => {
  const at = new Date();
  return `${at.getHours()}h${String(at.getMinutes()).padStart(2, "0")}`;
};
const offer = (form, key, kept) => {
  const note = document.createElement("div");
  note.className = "state state-start draft-offer";
  note.setAttribute("role", "status");
  const text = document.createElement("span");
  text.textContent = `${form.dataset.wordsFound} ${kept.at}.`;
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = words;
    made.addEventListener("click", () => {
      act();
      note.remove();
    });
    return made;
  };
  note.append(
    text,
    button(form.dataset.wordsRestore, () => write(form, kept.rows)),
    button(form.dataset.wordsDrop, () => sessionStorage.removeItem(key)),
  );
  form.prepend(note);
};
for (const form of document.querySelectorAll("form[data-draft]")) {
  const key = PREFIX + location.pathname + "#" + form.dataset.draft;
  const fresh = JSON.stringify(read(form));
  const stored = JSON.parse(sessionStorage.getItem(key) || "null");
  if (stored && JSON.stringify(stored.rows) !== fresh) offer(form, key, stored);
  let last = fresh;
  const keep = () => {
    const now = JSON.stringify(read(form));
    if (now === last) return;
    last = now;
    sessionStorage.setItem(key, JSON.stringify({ at: stamp(), rows: JSON.parse(now) }));
    const note = form.querySelector("[data-kept]");
    if (note) note.textContent = `${form.dataset.wordsKept} ${stamp()}`;
  };
  setInterval(keep, EVERY);
  addEventListener("pagehide", keep);
  form.addEventListener("submit", () => {
    keep();
    sessionStorage.setItem(key + ":sent", "1");
  });
}
// A form that was sent and did not come back was taken: its draft is of no use any more. The entrance (nobody's page)
// and error pages prove nothing, so there the draft stays.
const proof = owner && !document.querySelector("[data-failed]");
for (const mark of proof ? keys().filter((key) => key.endsWith(":sent")) : []) {
  const key = mark.slice(0, -5);
  const here = [...document.querySelectorAll("form[data-draft]")].some((f) => PREFIX + location.pathname + "#" + f.dataset.draft === key);
  sessionStorage.removeItem(mark);
  if (!here) sessionStorage.removeItem(key);
}
