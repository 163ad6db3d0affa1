import { html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { onRoute } from '../core/router.js';
import { View } from '../core/view.js';
import { failed } from './states.js';
import { t } from '../core/i18n.js';

let stage = null;

/**
 * Opens a dialog with a form. `body(again)` draws the fields and may ask to be drawn again, `submit(values, form)` does the work: while it runs
 * the button waits, when it fails the dialog stays with everything typed and the refused fields are marked, and when it succeeds the dialog
 * closes and the focus goes back. `shape` is 'wide' for more room or 'drawer' for a panel at the side. Without `submit` it only shows.
 * `confirm` is the word on its button, or gives it anew each time it is drawn: none where nothing can be done now.
 */
export function ask({ title, body, confirm, danger = false, shape = '', submit }) {
  stage?.open({ title, body, confirm, danger, shape, submit });
}

/** The name of the form's field that an error of the server is about: `lines[2].price` is `price`, unless the whole name is there. */
function fieldOf(form, { field }) {
  if (!field) return null;
  return form.elements.namedItem(field) ?? form.elements.namedItem(field.split('.').at(-1).replace(/\[\d+\]$/, ''));
}

/** Marks the fields of a form that were refused, says there what is wrong, and goes to the first of them; without errors none is marked. */
export function markRefused(form, errors = []) {
  for (const element of form.elements) element.removeAttribute('aria-invalid');
  form.querySelectorAll('.wrong').forEach((one) => one.remove());
  const refused = errors.map((one) => [fieldOf(form, one), one.message]).filter(([element]) => element instanceof HTMLElement);
  for (const [element, message] of refused) {
    element.setAttribute('aria-invalid', 'true');
    const words = Object.assign(document.createElement('span'), { className: 'wrong small', textContent: message });
    (element.closest('label, td') ?? element.parentElement).append(words);
  }
  refused[0]?.[0].focus();
}

class Dialogs extends View {
  #asked = null;
  #busy = false;
  #failure = null;
  #box = createRef();

  opened() {
    stage = this;
    // a dialog belongs to its page
    this.own(onRoute(() => this.#box.value?.close()));
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
    if (this.#busy) return;
    const form = event.target;
    this.#busy = true;
    this.#failure = null;
    markRefused(form);
    this.requestUpdate();
    try {
      await this.#asked.submit?.(Object.fromEntries(new FormData(form)), form);
      this.#box.value?.close();
    } catch (failure) {
      this.#failure = failure;
      markRefused(form, failure.errors);
    }
    this.#busy = false;
    this.requestUpdate();
  }

  render() {
    const asked = this.#asked;
    if (!asked) return nothing;
    const confirm = typeof asked.confirm === 'function' ? asked.confirm() : asked.confirm;
    return html`<dialog class=${asked.shape} ${ref(this.#box)} aria-labelledby="dialog-title" @close=${this.#closed}>
      <form @submit=${this.#submit}>
        <h2 id="dialog-title">${asked.title.replace(/…$/, '')}</h2>
        <div class="fields">${asked.body(() => this.requestUpdate())}</div>
        ${this.#failure ? failed(this.#failure) : nothing}
        <footer>
          <button type="button" @click=${() => this.#box.value.close()}>${asked.submit && confirm ? t('action.cancel') : t('action.close')}</button>
          ${asked.submit && confirm ? html`<button class=${asked.danger ? 'danger' : 'primary'} ?disabled=${this.#busy}>${confirm}</button>` : nothing}
        </footer>
      </form>
    </dialog>`;
  }
}

customElements.define('ac-dialogs', Dialogs);
