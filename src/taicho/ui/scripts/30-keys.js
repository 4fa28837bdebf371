// Keys of one letter (ux.md 10): "?" the list of keys, "/" the filter, j and k through a list, anything an element
// names in data-key. They can be switched off on this machine (WCAG 2.1.4) and never fire while somebody types.
const STORE = "taicho.keys-off";
const typing = (element) => element.closest("input, textarea, select, [contenteditable]");
const sheet = document.getElementById("keys");
const toggle = document.querySelector("[data-keys-off]");
if (toggle) {
  toggle.checked = localStorage.getItem(STORE) === "1";
  toggle.addEventListener("change", () => localStorage.setItem(STORE, toggle.checked ? "1" : "0"));
}
const rows = () => [...document.querySelectorAll("[data-rows] a[href], .time-item a[href], .table tbody tr > :first-child a[href]")];
const walk = (step) => {
  const list = rows();
  if (!list.length) return;
  const place = list.indexOf(document.activeElement) + step;
  list[Math.max(0, Math.min(list.length - 1, place))].focus();
};
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
  if (localStorage.getItem(STORE) === "1" || document.querySelector("dialog[open]")) return;
  if (event.key === "?" && sheet) {
    event.preventDefault();
    sheet.showModal();
  } else if (event.key === "j") walk(1);
  else if (event.key === "k") walk(-1);
  else if (event.key === "/") {
    const filter = document.querySelector("[data-filter] input, .filter input");
    if (!filter) return;
    event.preventDefault();
    filter.focus();
  } else document.querySelector(`[data-key="${CSS.escape(event.key)}"]`)?.click();
});
