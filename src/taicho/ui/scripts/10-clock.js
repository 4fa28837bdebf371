// The needle and the slot clock move by whole minutes. The server's minute counts; this device only adds what has
// passed since the page came, so a wrong device clock (or a drill clock) does no harm.
const clock = document.querySelector("[data-slot-clock]");
if (clock) {
  const DAY = 1440;
  const NEAR = 10;
  const start = Number(clock.dataset.minute);
  const came = performance.now();
  const words = clock.querySelector("[data-slot-words]");
  const when = clock.querySelector("[data-slot-when]");
  const time = (minutes) => {
    const h = Math.floor(minutes / 60);
    const m = minutes % 60;
    if (!h) return clock.dataset.wordsMinutes.replace("{m}", m);
    const shape = m ? clock.dataset.wordsHours : clock.dataset.wordsWhole;
    return shape.replace("{h}", h).replace("{mm}", String(m).padStart(2, "0"));
  };
  const sentence = (left) => {
    const shape = left > 0 ? clock.dataset.wordsLeft : left < 0 ? clock.dataset.wordsPast : clock.dataset.wordsNow;
    return shape.replace("{slot}", clock.dataset.slot).replace("{time}", time(Math.abs(left)));
  };
  const show = () => {
    const minute = start + Math.floor((performance.now() - came) / 60000);
    if (minute >= DAY) {
      when.textContent = clock.dataset.wordsTomorrow;
      clearInterval(beat);
      return;
    }
    const share = `${((minute * 100) / DAY).toFixed(3)}%`;
    document.querySelectorAll("[data-ruler-past]").forEach((part) => part.setAttribute("width", share));
    document.querySelectorAll("[data-ruler-needle]").forEach((part) => part.setAttribute("x", share));
    when.textContent = `${Math.floor(minute / 60)}h${String(minute % 60).padStart(2, "0")} · ${clock.dataset.date}`;
    if (!words) return;
    const left = Number(clock.dataset.closes) - minute;
    const tone = left <= 0 ? "past" : left < NEAR ? "near" : "calm";
    if (words.textContent !== sentence(left)) words.textContent = sentence(left);
    clock.className = `slot-clock slot-clock-${tone}`;
  };
  const beat = setInterval(show, 15000);
  document.addEventListener("visibilitychange", show);
}
