// What a page looks like from outside: every complaint a careful reader of the screen would have (ux.md 5, 9; look.md 4).
(options) => {
  const said = [];
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true });
  const isForEarsOnly = (el) => el.closest('.sr-only, .skip') !== null || (el !== null && el !== document.body && (getComputedStyle(el).clipPath === 'inset(50%)' || isForEarsOnly(el.parentElement ?? document.body)));
  const name = (el) => `<${el.tagName.toLowerCase()}${el.className && el.className.trim ? '.' + el.className.trim().replace(/\s+/g, '.') : ''}> “${(el.textContent || el.value || '').trim().replace(/\s+/g, ' ').slice(0, 40)}”`;

  if (!document.title.trim()) said.push('no title');
  const heads = [...document.querySelectorAll('h1')].filter(shown);
  if (heads.length !== 1) said.push(`${heads.length} h1`);
  if (options.drill && ![...document.querySelectorAll('.drill-band, .paper-drill')].some((el) => shown(el) && el.textContent.includes(options.drill))) said.push('no band of the drill');
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    const guilty = [...document.body.querySelectorAll('*')].filter((el) => shown(el) && el.getBoundingClientRect().right > root.clientWidth + 1 && !el.closest('.table-scroll')).slice(0, 3);
    said.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}: ${guilty.map(name).join(' ')}`);
  }

  for (const el of document.body.querySelectorAll('*')) {
    if (!shown(el) || isForEarsOnly(el) || el instanceof SVGElement || ['SELECT', 'TEXTAREA', 'INPUT', 'OPTION'].includes(el.tagName)) continue;
    const style = getComputedStyle(el);
    const cut = (way) => ['hidden', 'clip'].includes(way);
    if (!(el.textContent || '').trim()) continue;
    if (cut(style.overflowX) && el.scrollWidth > el.clientWidth + 1) said.push(`text cut off at the side: ${name(el)}`);
    if (cut(style.overflowY) && el.scrollHeight > el.clientHeight + 1) said.push(`text cut off below: ${name(el)}`);
  }

  if (options.phone) {
    const bars = '.phone-bar a, .top a, .top button, .entry-top a, .guard-keys a, .paper-tools a, .paper-tools button, .button';
    for (const el of document.querySelectorAll(bars)) {
      if (!shown(el) || isForEarsOnly(el)) continue;
      const box = el.getBoundingClientRect();
      if (box.width && (box.height < 43.5 || box.width < 43.5)) said.push(`smaller than a thumb (${Math.round(box.width)} × ${Math.round(box.height)}): ${name(el)}`);
    }
  }
  return said;
}
