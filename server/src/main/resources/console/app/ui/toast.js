import { html } from 'lit';
import { View } from '../core/view.js';
import { icon } from './icons.js';
import { bindChord } from '../core/keys.js';
import { t } from '../core/i18n.js';

const GOOD_STAYS_MS = 4_000;
const UNDO_STAYS_MS = 10_000;
const SHOWN_MAX = 4;
let shelf = null;

/** Says that something was done; it goes by itself. With `undo`, it offers the way back for a while. */
export function say(words, undo) {
  shelf?.add({ tone: 'good', words, undo });
}

/** Says that something failed; it stays until it is closed. */
export function complain(failure) {
  shelf?.add({ tone: 'bad', words: failure.message, id: failure.correlation });
}

class Toasts extends View {
  #shown = [];

  opened() {
    shelf = this;
    this.own(bindChord('z', () => this.#latest()));
  }

  add(toast) {
    this.#shown = [...this.#shown, toast].slice(-SHOWN_MAX);
    if (toast.tone === 'good') setTimeout(() => this.#drop(toast), toast.undo ? UNDO_STAYS_MS : GOOD_STAYS_MS);
    this.requestUpdate();
  }

  /** Ctrl-Z takes back what was done last, where that is offered and nobody is typing. */
  #latest() {
    const toast = this.#shown.findLast((one) => one.undo);
    if (toast) this.#undo(toast);
    return Boolean(toast);
  }

  #drop(toast) {
    this.#shown = this.#shown.filter((one) => one !== toast);
    this.requestUpdate();
  }

  async #undo(toast) {
    this.#drop(toast);
    try {
      await toast.undo();
      say(t('undo.done'));
    } catch (failure) {
      complain(failure);
    }
  }

  render() {
    return html`<div class="toasts" aria-live="polite">
      ${this.#shown.map((toast) => html`<div class="toast ${toast.tone}">
        ${icon(toast.tone === 'good' ? 'done' : 'error')}
        <div class="grow">${toast.words}${toast.id ? html`<div class="small muted">${t('error.id')} <code>${toast.id}</code></div>` : ''}</div>
        ${toast.undo ? html`<button class="undo" @click=${() => this.#undo(toast)}>${icon('undo')}${t('undo.do')}</button>` : ''}
        <button class="plain square" aria-label=${t('action.close')} @click=${() => this.#drop(toast)}>${icon('close')}</button>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-toasts', Toasts);
