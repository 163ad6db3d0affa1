import { html, nothing } from 'lit';
import { number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { edit } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { Register } from '../../ui/register.js';

/** How long each class of case files is kept, and by whom. */
class CaseFileClasses extends Register {
  route = 'case-file-classes';
  path = '/case-file-classes';
  icon = 'clock';
  under = 'quality';

  #edit(one) {
    edit({
      title: term('fileClass', one.class), known: one, to: `/case-file-classes/${one.class}`, done: () => this.list.run(),
      body: (first) => [field({ label: t('fileclass.days'), name: 'keepDays', type: 'number', min: 1, max: 36500, value: first.keepDays, required: true }), field({ label: t('file.custodian'), name: 'custodian', value: first.custodian, required: true, maxlength: 100 })],
      change: (values) => ({ ...values, keepDays: Number(values.keepDays) }),
    });
  }

  columns() {
    return [
      ['file.class', (one) => term('fileClass', one.class), 'wide'], ['fileclass.days', (one) => number(one.keepDays), 'num'], ['fileclass.years', (one) => number(Math.round(one.keepDays / 36.5) / 10), 'num'], ['file.custodian', (one) => one.custodian, 'nowrap'],
      [null, (one) => (may('quality') ? html`<button class="plain" @click=${() => this.#edit(one)}>${t('action.edit')}</button>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-case-file-classes', CaseFileClasses);
