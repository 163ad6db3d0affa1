import { onTheme } from '../core/theme.js';

/** A colour of the style sheet as it is now: `light-dark()` is only resolved where an element uses it. */
function resolved(probe, name) {
  probe.style.color = `var(--${name})`;
  return getComputedStyle(probe).color;
}

const NAMES = ['text', 'muted', 'line', 'accent', 'critical', 'warning', 'good', 'proactive', 'info', 'calm'];

/** The page's colours, read when a chart is drawn, so that charts follow dark and light. */
export function colours() {
  const probe = document.body.appendChild(document.createElement('i'));
  const found = Object.fromEntries(NAMES.map((name) => [name, resolved(probe, name)]));
  found.surface = resolved(probe, 'raised');
  probe.remove();
  return found;
}

export { onTheme };

export function still() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
