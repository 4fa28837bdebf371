// Where the keyboard stands now: who has the focus, whether it is seen, and whether a bar lies over it (WCAG 2.4.7, 2.4.11).
() => {
  const el = document.activeElement;
  if (!el || el === document.body || el === document.documentElement) return null;
  const name = `<${el.tagName.toLowerCase()}.${el.className}> “${(el.textContent || el.value || '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;
  const place = [...document.querySelectorAll('*')].indexOf(el);
  const marked = (one) => { const s = getComputedStyle(one); return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none'; };
  const seen = marked(el) || (el.labels && [...el.labels].some(marked)) || marked(el.parentElement);
  const box = el.getBoundingClientRect();
  const inside = (x, y) => x >= 0 && y >= 0 && x < innerWidth && y < innerHeight;
  const points = [[0.5, 0.5], [0.1, 0.1], [0.9, 0.1], [0.1, 0.9], [0.9, 0.9]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
  // a control must lie free with all its corners; a sheet that scrolls and fills the screen, with the middle of what is seen of it
  const middle = [box.left + box.width / 2, (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2];
  // of a text area the browser brings the line of the caret into sight, not the whole
  const caret = [box.left + box.width / 2, box.top + 12];
  const asked = el.tagName === 'TEXTAREA' ? [caret] : box.height > innerHeight / 4 ? [middle] : points;
  const over = asked.filter(([x, y]) => inside(x, y)).map(([x, y]) => document.elementFromPoint(x, y)).filter((hit) => hit && hit !== el && !el.contains(hit) && !hit.contains(el));
  const bar = over.find((hit) => { for (let up = hit; up; up = up.parentElement) if (['fixed', 'sticky'].includes(getComputedStyle(up).position)) return !up.contains(el); return false; });
  return { name, place, seen, offscreen: !points.some(([x, y]) => inside(x, y)), covered: bar ? bar.className || bar.tagName : '' };
}
