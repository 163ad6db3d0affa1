import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { failed } from '../../ui/states.js';

/** Where a comment is written. What is typed outlives a reload of the page and a failure of the server. */
class Composer extends View {
  static properties = { ticket: { attribute: false }, sent: { attribute: false }, busy: { state: true }, failure: { state: true } };

  #key() {
    return `aftercare.draft.${this.ticket.id}`;
  }

  firstUpdated() {
    this.querySelector('textarea').value = sessionStorage.getItem(this.#key()) ?? '';
  }

  #keep(event) {
    sessionStorage.setItem(this.#key(), event.target.value);
  }

  #hotkey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form').requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    const field = this.querySelector('textarea');
    this.busy = true;
    this.failure = null;
    try {
      await api.post(`/tickets/${encodeURIComponent(this.ticket.id)}/comments`, { text: field.value, contact: this.querySelector('[name=contact]').checked });
      event.target.reset();
      sessionStorage.removeItem(this.#key());
      await this.sent();
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<form class="card composer" @submit=${this.#submit}>
      <label class="field">${t('comment.title')}
        <textarea name="text" required placeholder=${t('comment.hint')} @input=${this.#keep} @keydown=${this.#hotkey}></textarea>
      </label>
      ${this.failure ? failed(this.failure) : nothing}
      <div class="row"><label class="row"><input type="checkbox" name="contact">${t('comment.contact')}</label><span class="muted small right"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span><button class="primary" ?disabled=${this.busy}>${t('comment.send')}</button></div>
    </form>`;
  }
}

customElements.define('ac-composer', Composer);
