// The live search box: asks 300 ms after the last letter, never while Telex or another input method composes a word.
const form = document.querySelector("[data-search]");
if (form) {
  const box = form.querySelector("input");
  const found = form.querySelector(".found");
  let wait;
  const settle = () => {
    clearTimeout(wait);
    wait = setTimeout(() => {
      if (box.value.trim().length > 1) box.dispatchEvent(new Event("settled", { bubbles: true }));
      else found.replaceChildren();
    }, 300);
  };
  box.addEventListener("input", (event) => event.isComposing || settle());
  box.addEventListener("compositionend", settle);
  const items = () => [...found.querySelectorAll("a")];
  const close = () => {
    clearTimeout(wait);
    found.replaceChildren();
  };
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      close();
      box.focus();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const list = items();
    if (!step || !list.length) return;
    event.preventDefault();
    const place = list.indexOf(document.activeElement) + step;
    (list[place] || (place < 0 ? box : list[list.length - 1])).focus();
  });
  document.addEventListener("click", (event) => form.contains(event.target) || close());
  form.addEventListener("focusout", (event) => event.relatedTarget && !form.contains(event.relatedTarget) && close());
}
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== "k" || !form) return;
  event.preventDefault();
  const box = form.querySelector("input");
  if (box.offsetParent === null) location.assign(form.action);
  else {
    box.focus();
    box.select();
  }
});
