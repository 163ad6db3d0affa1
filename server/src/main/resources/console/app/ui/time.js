import { html } from 'lit';
import { View } from '../core/view.js';
import { exact, millis, relative } from '../core/format.js';

const TICK_MS = 10_000;
const shown = new Set();
setInterval(() => shown.forEach((one) => one.requestUpdate()), TICK_MS);

/** A moment, as people say it; the exact time is in its title. It keeps itself current. */
class Moment extends View {
  static properties = { at: {}, full: { type: Boolean } };

  opened() {
    shown.add(this);
    this.own(() => shown.delete(this));
  }

  render() {
    const at = millis(this.at);
    if (at == null) return html`–`;
    return html`<time class="nowrap" datetime=${new Date(at).toISOString()} title=${exact(at)}>${this.full ? exact(at) : relative(at)}</time>`;
  }
}

customElements.define('ac-time', Moment);

export const ago = (at) => html`<ac-time .at=${at}></ac-time>`;
export const at = (moment) => html`<ac-time full .at=${moment}></ac-time>`;
