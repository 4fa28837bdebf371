// Small things around forms and panels: the error summary takes the focus, Ctrl+Enter sends, buttons open dialogs,
// menus close again.
const summary = () => document.querySelector("[data-error-summary]:not([data-specimen] *)")?.focus();
summary();
document.addEventListener("htmx:afterSwap", summary);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest("form")?.requestSubmit();
  if (event.key !== "Escape") return;
  const open = event.target.closest("details[data-menu][open], details.hat[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens)?.showModal();
  if (event.target.closest("[data-prints]")) print();
  for (const open of document.querySelectorAll("details[data-menu][open], details.hat[open]")) {
    if (!open.contains(event.target)) open.open = false;
  }
});
