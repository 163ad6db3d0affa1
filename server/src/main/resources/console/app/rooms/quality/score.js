import { html } from 'lit';
import { icon } from '../../ui/icons.js';

const BEST = 5;

/** A mean of scores from 1 to 5 as a bar with its number. */
export function scoreBar(words, mean) {
  const low = mean != null && mean < 3;
  return html`<dt>${words}</dt><dd><span class="bar" aria-hidden="true"><svg viewBox="0 0 5 1" preserveAspectRatio="none"><rect class=${low ? 'failed' : 'confirmed'} width=${mean ?? 0} height="1"></rect></svg></span><b>${mean == null ? '–' : mean.toFixed(2)}</b></dd>`;
}

/** The mean of one answer as a star and a number; a low one is marked. */
export function stars(scores) {
  const given = Object.values(scores ?? {}).filter((one) => one != null);
  if (!given.length) return html`<span class="muted">–</span>`;
  const mean = given.reduce((a, b) => a + b) / given.length;
  const low = Math.min(...given) <= 2;
  return html`<span class="row nowrap ${low ? 'tone-critical' : ''}">${icon(low ? 'alert' : 'star')}${mean.toFixed(1)} / ${BEST}</span>`;
}
