import { html } from 'lit';
import { View } from '../../core/view.js';
import { exact, millis, span } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';

const TICK_MS = 1_000;
const FINE_MS = 10 * 60_000;
const SOON_MS = 2 * 3_600_000;
const shown = new Set();
setInterval(() => shown.forEach((one) => one.tick()), TICK_MS);

/** Time to go as people read it on a clock: days and hours, hours and minutes, and seconds only in the last ten minutes. */
export function remaining(ms) {
  const left = Math.abs(ms);
  const [d, h, m, s] = [Math.floor(left / 86_400_000), Math.floor(left / 3_600_000) % 24, Math.floor(left / 60_000) % 60, Math.floor(left / 1_000) % 60];
  if (d) return span(`P${d}DT${h}H`);
  if (left >= FINE_MS) return span(`PT${h}H${m}M`);
  return `${m}:${String(s).padStart(2, '0')}`;
}

/** The clock of a case that is due next, counting down; red once it is late. `clock` is `{type, due, state}`. */
class Due extends View {
  static properties = { clock: { attribute: false }, named: { type: Boolean } };
  #said = '';

  opened() {
    shown.add(this);
    this.own(() => shown.delete(this));
  }

  tick() {
    const due = millis(this.clock?.due);
    if (due != null && remaining(due - Date.now()) !== this.#said) this.requestUpdate();
  }

  render() {
    const due = millis(this.clock?.due);
    if (due == null) return html`<span class="muted">–</span>`;
    const left = due - Date.now();
    const late = left < 0;
    this.#said = remaining(left);
    const name = term('clock', this.clock.type);
    return html`<span class="due ${late ? 'tone-critical' : left < SOON_MS ? 'tone-warning' : 'muted'}" title="${name} · ${exact(due)}">
      ${icon(late ? 'alert' : 'clock')}<span class="grow"><b>${late ? t('due.late', { span: this.#said }) : this.#said}</b> <span class="small">${name}</span></span></span>`;
  }
}

customElements.define('ac-due', Due);
