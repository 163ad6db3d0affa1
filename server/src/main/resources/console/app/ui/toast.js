import { html } from 'lit';
import { View } from '../core/view.js';
import { icon } from './icons.js';
import { t } from '../core/i18n.js';

const GOOD_STAYS_MS = 4_000;
const SHOWN_MAX = 4;
let shelf = null;

/** Says that something was done; it goes by itself. */
export function say(words) {
  shelf?.add({ tone: 'good', words });
}

/** Says that something failed; it stays until it is closed. */
export function complain(failure) {
  shelf?.add({ tone: 'bad', words: failure.message, id: failure.correlation });
}

class Toasts extends View {
  #shown = [];

  opened() {
    shelf = this;
  }

  add(toast) {
    this.#shown = [...this.#shown, toast].slice(-SHOWN_MAX);
    if (toast.tone === 'good') setTimeout(() => this.#drop(toast), GOOD_STAYS_MS);
    this.requestUpdate();
  }

  #drop(toast) {
    this.#shown = this.#shown.filter((one) => one !== toast);
    this.requestUpdate();
  }

  render() {
    return html`<div class="toasts" aria-live="polite">
      ${this.#shown.map((toast) => html`<div class="toast ${toast.tone}">
        ${icon(toast.tone === 'good' ? 'done' : 'error')}
        <div class="grow">${toast.words}${toast.id ? html`<div class="small muted">${t('error.id')} <code>${toast.id}</code></div>` : ''}</div>
        <button class="plain square" aria-label=${t('action.close')} @click=${() => this.#drop(toast)}>${icon('close')}</button>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-toasts', Toasts);
