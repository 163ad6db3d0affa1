import { html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { View } from '../core/view.js';
import { failed } from './states.js';
import { t } from '../core/i18n.js';

let stage = null;

/**
 * Opens a dialog with a form. `body(form)` draws the fields, `submit(values)` does the work: while it runs the button waits, when it
 * fails the dialog stays with everything typed, and when it succeeds the dialog closes and the focus goes back.
 */
export function ask({ title, body, confirm, danger = false, submit }) {
  stage?.open({ title, body, confirm, danger, submit });
}

class Dialogs extends View {
  #asked = null;
  #busy = false;
  #failure = null;
  #box = createRef();

  opened() {
    stage = this;
  }

  async open(asked) {
    this.#asked = asked;
    this.#failure = null;
    this.requestUpdate();
    await this.updateComplete;
    this.#box.value.showModal();
  }

  #closed() {
    this.#asked = null;
    this.requestUpdate();
  }

  async #submit(event) {
    event.preventDefault();
    this.#busy = true;
    this.#failure = null;
    this.requestUpdate();
    try {
      await this.#asked.submit?.(Object.fromEntries(new FormData(event.target)));
      this.#box.value.close();
    } catch (failure) {
      this.#failure = failure;
    }
    this.#busy = false;
    this.requestUpdate();
  }

  render() {
    const asked = this.#asked;
    if (!asked) return nothing;
    return html`<dialog ${ref(this.#box)} aria-labelledby="dialog-title" @close=${this.#closed}>
      <form @submit=${this.#submit}>
        <h2 id="dialog-title">${asked.title}</h2>
        ${asked.body()}
        ${this.#failure ? failed(this.#failure) : nothing}
        <footer>
          <button type="button" @click=${() => this.#box.value.close()}>${asked.submit ? t('action.cancel') : t('action.close')}</button>
          ${asked.submit ? html`<button class=${asked.danger ? 'danger' : 'primary'} ?disabled=${this.#busy}>${asked.confirm}</button>` : nothing}
        </footer>
      </form>
    </dialog>`;
  }
}

customElements.define('ac-dialogs', Dialogs);
