import { html, nothing } from 'lit';
import { icon } from './icons.js';
import { ago } from './time.js';
import { millis } from '../core/format.js';
import { t, term } from '../core/i18n.js';

const SOON_MS = 2 * 3_600_000;

/** The next service clock of a ticket: `{type, due, state}`, or just the moment it is due; null when none runs. */
export function clock(next) {
  if (!next) return null;
  const one = typeof next === 'object' ? next : { due: next };
  const due = millis(one.due ?? one.at ?? one.dueAt);
  if (due == null) return null;
  const late = one.breachedAt || one.state === 'breached' || due < Date.now();
  const tone = late ? 'tone-critical' : due - Date.now() < SOON_MS ? 'tone-warning' : 'muted';
  return html`<span class="row nowrap ${tone}">${icon(late ? 'alert' : 'clock')}<span>${term('clock', one.type ?? one.name)} ${late ? t('clock.late') : nothing} ${ago(due)}</span></span>`;
}
