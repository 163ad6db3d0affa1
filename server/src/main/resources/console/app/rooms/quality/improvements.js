import { html, nothing } from 'lit';
import { day } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { api } from '../../core/api.js';
import { assignee } from '../../ui/assignee.js';
import { badge, dress } from '../../ui/badges.js';
import { act, filled, moment } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { caseLink } from '../../ui/links.js';
import { who } from '../../ui/who.js';

const STATES = ['raised', 'analysed', 'improving', 'verified', 'declined'];
/** The ways onward, and what each wants to be told. */
const NEXT = { raised: ['analysed', 'declined'], analysed: ['improving', 'declined'], improving: ['verified', 'analysed'], verified: [], declined: [] };
dress({ improvementState: { raised: ['warning', 'new'], analysed: ['info', 'search'], improving: ['info', 'wrench'], verified: ['good', 'done'], declined: ['calm', 'off'] } });

/** What is being made better in the service, each from a low score or somebody's word to its proof. */
class ServiceImprovements extends Register {
  route = 'service-improvements';
  path = '/service-improvements';
  icon = 'wrench';
  under = 'quality';

  filters() {
    return [{ name: 'state', label: t('improvement.state'), options: STATES.map((one) => [one, term('improvementState', one)]) }];
  }

  #raise() {
    act({ title: t('improvement.new'), path: '/service-improvements', body: () => area({ label: t('improvement.text'), name: 'text', required: true, rows: 5, maxlength: 4000 }), done: () => this.list.run() });
  }

  #step(one, to) {
    const fields = {
      analysed: () => area({ label: t('improvement.analysis'), name: 'analysis', value: one.analysis, required: true, maxlength: 4000 }),
      improving: () => [area({ label: t('improvement.measure'), name: 'measure', value: one.measure, required: true, maxlength: 4000 }),
        pair(assignee({ label: t('complaint.owner'), name: 'owner', value: one.owner, required: true }), field({ label: t('complaint.due'), name: 'due', type: 'date', value: one.due?.slice(0, 10), required: true }))],
      verified: () => area({ label: t('improvement.verification'), name: 'verification', required: true, maxlength: 4000 }),
      declined: () => area({ label: t('improvement.analysis'), name: 'analysis', value: one.analysis, required: true, maxlength: 4000 }),
    };
    act({
      title: t(`improvement.to.${to}`), confirm: t(`improvement.to.${to}`), done: () => this.list.run(),
      body: () => html`<p class="muted" dir="auto">${one.text}</p>${fields[to]()}`,
      send: (values) => api.post(`/service-improvements/${one.id}/transitions`, filled({ ...values, due: moment(values.due), to }), { etag: `"${one.version}"` }),
    });
  }

  doings() {
    return html`<button class="primary" data-do="new" @click=${() => this.#raise()}>${icon('plus')}${t('improvement.new')}</button>`;
  }

  columns() {
    return [
      ['improvement.state', (one) => badge('improvementState', one.state)],
      ['improvement.text', (one) => html`<span dir="auto">${one.text}</span>${one.measure ? html`<div class="small muted">${typed(one.measure)}</div>` : nothing}`, 'wide'],
      ['improvement.source', (one) => (one.ticket ? html`${term('improvementSource', one.source)} ${caseLink(one.ticket)}` : term('improvementSource', one.source)), 'nowrap'],
      ['complaint.owner', (one) => one.owner ?? '–', 'nowrap'], ['complaint.due', (one) => (one.due ? day(one.due) : '–'), 'nowrap'],
      ['improvement.raised', (one) => html`${who(one.raisedBy)}, ${ago(one.raisedAt)}`, 'muted nowrap'],
      [null, (one) => (may('coordinator', 'quality') ? html`<span class="row nowrap">${NEXT[one.state].map((to, at) => html`<button class=${at === 0 ? '' : 'plain'} data-to=${to} @click=${() => this.#step(one, to)}>${t(`improvement.to.${to}`)}</button>`)}</span>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-service-improvements', ServiceImprovements);
