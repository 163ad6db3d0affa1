import { html, nothing } from 'lit';
import { t, term } from '../../core/i18n.js';
import { act } from '../../ui/edit.js';
import { area } from '../../ui/field.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';

/** What staff said about the program, and what they were answered. */
class Feedback extends Register {
  route = 'feedback';
  path = '/feedback';
  icon = 'note';
  under = 'settings';

  filters() {
    return [{ name: 'open', label: t('feedback.all'), options: [['true', t('feedback.open')]] }];
  }

  #answer(one) {
    act({ title: t('feedback.answer'), path: `/feedback/${one.id}/answer`, body: () => [html`<p class="muted" dir="auto">${one.text}</p>`, area({ label: t('feedback.answer'), name: 'text', required: true, maxlength: 4000 })], done: () => this.list.run() });
  }

  columns() {
    return [
      ['feedback.at', (one) => ago(one.at), 'muted nowrap'], ['feedback.person', (one) => one.person, 'nowrap'], ['feedback.kind', (one) => term('feedbackKind', one.kind), 'nowrap'],
      ['feedback.text', (one) => html`<span dir="auto">${one.text}</span>${one.answer ? html`<div class="small muted">${one.answeredBy}: ${typed(one.answer)}</div>` : nothing}`, 'wide'], ['feedback.page', (one) => html`<span class="mono small">${one.page ?? ''}</span>`],
      [null, (one) => (one.answer ? nothing : html`<button @click=${() => this.#answer(one)}>${t('feedback.answer')}</button>`), 'nowrap'],
    ];
  }
}

customElements.define('ac-feedback', Feedback);
