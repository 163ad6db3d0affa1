import { html, svg, nothing } from 'lit';

const WIDTH = 120;
const HEIGHT = 28;
const EDGE = 3;

/** The course of a figure in a few points, without axes; a gap stays a gap. Nothing is drawn of fewer than two. */
export function spark(values, words) {
  const known = values.filter((value) => value != null);
  if (known.length < 2) return html`<span class="spark"></span>`;
  const least = Math.min(...known);
  const height = Math.max(...known) - least || 1;
  const place = (value, index) => [EDGE + (index * (WIDTH - 2 * EDGE)) / (values.length - 1), HEIGHT - EDGE - ((value - least) * (HEIGHT - 2 * EDGE)) / height];
  let pen = 'M';
  const path = values.map((value, index) => {
    if (value == null) {
      pen = 'M';
      return '';
    }
    const step = pen + place(value, index).map((one) => one.toFixed(1)).join(' ');
    pen = 'L';
    return step;
  }).join('');
  const last = values.at(-1);
  const [x, y] = last == null ? [] : place(last, values.length - 1);
  return html`<svg class="spark" viewBox="0 0 ${WIDTH} ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label=${words}>
    <path d=${path}></path>${last == null ? nothing : svg`<path class="dot" d="M${x} ${y}h0"></path>`}</svg>`;
}
