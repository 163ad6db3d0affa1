import { html, nothing } from 'lit';
import { View } from '../../../core/view.js';
import { api } from '../../../core/api.js';
import { lang, t } from '../../../core/i18n.js';
import { icon } from '../../../ui/icons.js';
import { menu } from '../../../ui/menu.js';
import { failed } from '../../../ui/states.js';
import { complain, say } from '../../../ui/toast.js';
import { Draft } from './drafts.js';
import { typing } from './presence.js';

/** Where a reply to the customer or a note among colleagues is written. What is typed outlives a reload, a failure, and the machine. */
class Composer extends View {
  static properties = { ticket: { attribute: false }, mode: {}, sent: { attribute: false }, busy: { state: true }, failure: { state: true }, kept: { state: true }, answers: { state: true } };
  #draft = null;

  opened() {
    this.mode ??= 'reply';
    this.#draft = new Draft(this.ticket.id, (state) => (this.kept = state));
    this.own(() => this.#draft.stop());
  }

  async firstUpdated() {
    const local = sessionStorage.getItem(this.#key());
    this.#put(local ?? '');
    if (local) return;
    const text = await this.#draft.read().catch(() => '');
    if (text && !this.#text().value) {
      this.#put(text);
      this.kept = 'restored';
    }
  }

  #key() {
    return `aftercare.draft.${this.ticket.id}`;
  }

  #text() {
    return this.querySelector('textarea');
  }

  #put(text) {
    this.#text().value = text;
  }

  /** Opens it for writing in one of its two ways. */
  write(mode) {
    this.mode = mode;
    this.#text().focus();
    this.scrollIntoView({ block: 'nearest' });
  }

  #typed() {
    const { value } = this.#text();
    sessionStorage.setItem(this.#key(), value);
    this.#draft.keep(value);
    typing();
  }

  #hotkey(event) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.querySelector('form').requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    if (this.busy) return;
    this.busy = true;
    this.failure = null;
    const contact = this.querySelector('[name=contact]').checked;
    try {
      await api.post(`/tickets/${encodeURIComponent(this.ticket.id)}/comments`, { text: this.#text().value, visibility: this.mode === 'reply' ? 'public' : 'internal', contact });
      event.target.reset();
      sessionStorage.removeItem(this.#key());
      await this.#draft.drop();
      await this.sent();
    } catch (failure) {
      this.failure = failure;
    } finally {
      this.busy = false;
    }
  }

  async #canned() {
    if (this.answers) return;
    this.answers = (await api.get('/canned-answers?limit=200').catch(() => ({ items: [] }))).items;
  }

  async #fill(one) {
    try {
      const { text } = await api.post(`/canned-answers/${one.id}/fill`, { ticket: this.ticket.number, language: lang() });
      const field = this.#text();
      field.setRangeText(text, field.selectionStart, field.selectionEnd, 'end');
      field.focus();
      this.#typed();
    } catch (failure) {
      complain(failure);
    }
  }

  async #attach(event) {
    const input = event.target;
    for (const file of input.files) {
      try {
        await api.post(`/tickets/${encodeURIComponent(this.ticket.id)}/attachments?name=${encodeURIComponent(file.name)}`, file, { type: file.type || 'application/octet-stream' });
        say(t('files.attached', { name: file.name }));
      } catch (failure) {
        complain(failure);
      }
    }
    input.value = '';
    await this.sent();
  }

  #menu() {
    const list = this.answers?.filter((one) => !one.retired);
    return html`<span @toggle=${() => this.#canned()} @focusin=${() => this.#canned()}>${menu(html`${icon('book')}${t('canned.title')}`, list?.length
      ? list.map((one) => html`<button type="button" class="plain start" title=${one[lang()]} @click=${() => this.#fill(one)}><span class="cut">${one.key}</span></button>`)
      : html`<p class="muted small">${list ? t('canned.none') : t('state.loading')}</p>`)}</span>`;
  }

  render() {
    const reply = this.mode !== 'note';
    return html`<form class="card composer ${reply ? 'reply' : 'note'}" @submit=${this.#submit}>
      <div class="row"><div class="tabs" role="group" aria-label=${t('composer.title')}>
        <button type="button" aria-pressed=${reply} data-mode="reply" @click=${() => this.write('reply')}>${icon('mail')}${t('composer.reply')}<kbd>R</kbd></button>
        <button type="button" aria-pressed=${!reply} data-mode="note" @click=${() => this.write('note')}>${icon('lock')}${t('composer.note')}<kbd>N</kbd></button></div>
        <span class="right muted small" aria-live="polite">${this.kept ? t(`draft.${this.kept}`) : nothing}</span></div>
      <textarea name="text" required maxlength="10000" dir="auto" aria-label=${t(reply ? 'composer.reply' : 'composer.note')} placeholder=${t(reply ? 'composer.reply.hint' : 'composer.note.hint')} @input=${this.#typed} @keydown=${this.#hotkey}></textarea>
      ${this.failure ? failed(this.failure) : nothing}
      <div class="row">${this.#menu()}
        <label class="button">${icon('plus')}${t('files.attach')}<input class="unseen" type="file" multiple @change=${this.#attach}></label>
        <label class="row check"><input type="checkbox" name="contact">${t('comment.contact')}</label>
        <span class="muted small right"><kbd>Ctrl</kbd> <kbd>Enter</kbd></span><button class="primary" ?disabled=${this.busy}>${t(reply ? 'composer.send' : 'composer.save')}</button></div>
    </form>`;
  }
}

customElements.define('ac-composer', Composer);
