// The camera at the gate, where the browser can read codes by itself. It types what it sees into the box and sends it;
// everything else (a hand-held scanner, the six letters) works without this.
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
