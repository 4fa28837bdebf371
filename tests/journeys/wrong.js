// Fill a form with what nobody may accept: required fields empty, or, where all are optional, texts far too long.
(form, nonsense) => {
  const open = (el) => el.name && el.checkVisibility() && !el.disabled && !el.readOnly;
  const isOptional = (el) => el.closest('.field')?.querySelector('.field-optional');
  const fields = [...form.elements].filter((el) => open(el) && !['submit', 'button', 'hidden'].includes(el.type));
  const typed = fields.filter((el) => el.tagName !== 'SELECT' && !['checkbox', 'radio', 'file'].includes(el.type));
  const leftOut = fields.filter((el) => !isOptional(el) && el.tagName !== 'SELECT' && el.type !== 'checkbox');
  for (const el of typed) {
    el.removeAttribute('maxlength');
    const wrong = leftOut.length && !isOptional(el) ? '' : nonsense.repeat(3000);
    el.value = el.type === 'number' ? '-7' : wrong;
  }
  return Object.fromEntries(typed.map((el) => [el.name, el.type === 'password' ? '' : el.value]));
}
