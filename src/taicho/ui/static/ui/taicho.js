"use strict";
(()=>{
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
})();
(()=>{
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
})();
(()=>{
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
})();
(()=>{
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
})();
(()=>{
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
const proof = owner && !document.querySelector("[data-failed]");
for (const mark of proof ? keys().filter((key) => key.endsWith(":sent")) : []) {
const key = mark.slice(0, -5);
const here = [...document.querySelectorAll("form[data-draft]")].some((f) => PREFIX + location.pathname + "#" + f.dataset.draft === key);
sessionStorage.removeItem(mark);
if (!here) sessionStorage.removeItem(key);
}
})();
(()=>{
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
})();
(()=>{
const scan = document.querySelector("form[data-scan]");
const video = scan?.querySelector("video");
const start = async () => {
const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
const reader = new BarcodeDetector({ formats: ["qr_code"] });
video.srcObject = stream;
video.hidden = false;
await video.play();
const look = async () => {
const [seen] = await reader.detect(video).catch(() => []);
if (!seen) return setTimeout(look, 150);
stream.getTracks().forEach((track) => track.stop());
scan.elements.code.value = seen.rawValue.slice(0, 100);
scan.requestSubmit();
};
look();
};
if (scan && "BarcodeDetector" in window && navigator.mediaDevices) {
start().catch(() => (scan.querySelector("[data-scan-hint]").textContent = scan.dataset.wordsNoCamera));
}
})();
