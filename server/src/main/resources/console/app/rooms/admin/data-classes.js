import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { act, edit, run } from '../../ui/edit.js';
import { area, choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';

const LEVELS = ['public', 'internal', 'confidential', 'personal'];
dress({ dataClass: { public: ['good', 'eye'], internal: ['info', 'building'], confidential: ['warning', 'lock'], personal: ['critical', 'person'] } });

/** The words of a class that came with the program are in both languages; those of a person are as they were written. */
const given = (one, group, words) => (one.enteredBy === 'system' && !t(`${group}.${one.id}`).startsWith(group) ? t(`${group}.${one.id}`) : words);

/** Which data is held: how it is classed, where it lies, how long, and who approved that. */
class DataClasses extends Register {
  route = 'data-classes';
  path = '/data-classes';
  icon = 'lock';
  under = 'settings';

  #fields(one) {
    return [
      choice({ label: t('dataclass.level'), name: 'level', value: one?.level ?? 'internal', required: true, options: LEVELS.map((level) => [level, term('dataClass', level)]) }), field({ label: t('dataclass.place'), name: 'place', value: one?.place, required: true, maxlength: 500 }),
      area({ label: t('dataclass.purpose'), name: 'purpose', value: one?.purpose, required: true, maxlength: 1000 }), field({ label: t('dataclass.retention'), name: 'retention', value: one?.retention, required: true, maxlength: 200 }),
    ];
  }

  #add() {
    act({ title: t('dataclass.new'), body: () => [field({ label: t('sla.id'), name: 'id', required: true, maxlength: 64 }), this.#fields(null)], send: ({ id, ...values }) => api.put(`/data-classes/${encodeURIComponent(id)}`, values), done: () => this.list.run() });
  }

  #edit(one) {
    edit({ title: one.id, known: one, to: `/data-classes/${encodeURIComponent(one.id)}`, done: () => this.list.run(), body: (first) => [html`<p class="muted">${t('dataclass.hint')}</p>`, this.#fields(first)], change: (values) => values });
  }

  #approve(one) {
    return run(async () => {
      await api.post(`/data-classes/${encodeURIComponent(one.id)}/approve`, undefined, { etag: `"${one.version}"` });
      await this.list.run();
    }, t('dataclass.approved'));
  }

  doings() {
    return may('coordinator', 'quality') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('dataclass.new')}</button>` : nothing;
  }

  #steps(one) {
    return html`<span class="row nowrap">${may('coordinator', 'quality') ? html`<button class="plain" @click=${() => this.#edit(one)}>${t('action.edit')}</button>` : nothing}
      ${!one.approvedBy && may('quality') && one.enteredBy !== user.username ? html`<button @click=${() => this.#approve(one)}>${t('dataclass.approve')}</button>` : nothing}</span>`;
  }

  columns() {
    return [
      ['dataclass.id', (one) => html`<span class="mono">${one.id}</span>`, 'nowrap'], ['dataclass.level', (one) => badge('dataClass', one.level)], ['dataclass.purpose', (one) => given(one, 'dataPurpose', one.purpose), 'wide'], ['dataclass.place', (one) => html`<span class="mono small">${one.place}</span>`], ['dataclass.retention', (one) => given(one, 'dataRetention', one.retention), 'brief'],
      ['dataclass.approvedBy', (one) => (one.approvedBy ? `${one.approvedBy}, ${day(one.approvedAt)}` : html`<span class="badge warning">${icon('clock')}${t('dataclass.open')}</span>`), 'nowrap'], [null, (one) => this.#steps(one), 'nowrap'],
    ];
  }
}

customElements.define('ac-data-classes', DataClasses);
