import { html, svg } from 'lit';

/**
 * A bar of parts of a whole, `[[kind, count], …]`: confirmed, failed, moving; the rest is open. It is drawn as SVG because the page's
 * security policy allows no inline style.
 */
export function progress(parts, whole, words) {
  let at = 0;
  const pieces = parts.filter(([, count]) => count > 0 && whole > 0).map(([kind, count]) => {
    const width = (100 * count) / whole;
    const piece = svg`<rect class=${kind} x=${at} y="0" width=${width} height="8"/>`;
    at += width;
    return piece;
  });
  return html`<div class="bar" role="img" aria-label=${words}><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">${pieces}</svg></div>`;
}
