// "Đã nối" or "Mất mạng từ 9h15": the browser's own events, and requests of htmx that found nobody.
const sign = document.querySelector("[data-connection]");
if (sign) {
  const words = sign.querySelector(".link-word");
  const joined = words.textContent;
  let lost = "";
  const clockTime = () => {
    const at = new Date();
    return `${at.getHours()}h${String(at.getMinutes()).padStart(2, "0")}`;
  };
  const show = (online) => {
    if (online) lost = "";
    else if (!lost) lost = clockTime();
    words.textContent = lost ? `${sign.dataset.wordsLost} ${lost}` : joined;
    sign.classList.toggle("link-lost", Boolean(lost));
  };
  addEventListener("online", () => show(true));
  addEventListener("offline", () => show(false));
  document.addEventListener("htmx:sendError", () => show(false));
  document.addEventListener("htmx:afterOnLoad", () => lost && show(true));
  if (!navigator.onLine) show(false);
}
