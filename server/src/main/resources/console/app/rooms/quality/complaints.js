import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { assignee } from '../../ui/assignee.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { plainTable, typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { CHANNELS, CLASSES, options, SEVERITIES, STATES } from './complaint-words.js';
import { caseLink } from '../../ui/links.js';

/** Logs a complaint, from whatever channel it came. */
function logDialog() {
  act({
    title: t('complaint.new'), path: '/complaints', confirm: t('complaint.log'), shape: 'wide', words: t('complaint.logged'),
    body: () => [
      field({ label: t('complaint.title'), name: 'title', required: true, maxlength: 200 }),
      pair(choice({ label: t('complaint.class'), name: 'class', value: 'service', required: true, options: options('complaintClass', CLASSES) }), choice({ label: t('complaint.severity'), name: 'severity', value: 'moderate', required: true, options: options('complaintSeverity', SEVERITIES) })),
      pair(choice({ label: t('complaint.channel'), name: 'channel', value: 'phone', required: true, options: options('complaintChannel', CHANNELS) }), assignee({ label: t('complaint.owner'), name: 'owner' })),
      pair(field({ label: t('complaint.ticket'), name: 'ticket', maxlength: 32, placeholder: 'T-000012' }), field({ label: t('device.id'), name: 'device', maxlength: 64 })),
      area({ label: t('complaint.description'), name: 'description', rows: 5, maxlength: 10000 }),
    ],
    done: (made) => go('complaint', made.id),
  });
}

/** Complaints, the newest first, and what comes again and again. */
class Complaints extends Register {
  route = 'complaints';
  path = '/complaints';
  icon = 'note';
  events = ['complaint.changed'];
  #hot = new Load(this, async (signal) => (await api.get('/complaints/hot-spots', { signal })).items);

  opened() {
    super.opened();
    if (may('coordinator', 'quality')) this.#hot.restart();
  }

  filters() {
    return [
      { name: 'state', label: t('complaint.state'), options: options('complaintState', STATES) },
      { name: 'class', label: t('complaint.class'), options: options('complaintClass', CLASSES) },
      { name: 'severity', label: t('complaint.severity'), options: options('complaintSeverity', SEVERITIES) },
      { name: 'owner', label: t('complaint.owner') },
    ];
  }

  doings() {
    return may('agent', 'engineer', 'coordinator', 'quality', 'partner') ? html`<button class="primary" data-do="new" @click=${logDialog}>${icon('plus')}${t('complaint.new')}</button>` : nothing;
  }

  open(one) {
    go('complaint', one.id);
  }

  columns() {
    return [
      ['complaint.number', (one) => html`<a class="mono" href=${href('complaint', one.id)}>${one.number}</a>`, 'nowrap'],
      ['complaint.severity', (one) => badge('complaintSeverity', one.severity)],
      ['complaint.state', (one) => badge('complaintState', one.state)],
      ['complaint.title', (one) => typed(one.title), 'wide'],
      ['complaint.class', (one) => term('complaintClass', one.class), 'nowrap'],
      ['rate.model', (one) => one.product || '–', 'nowrap'],
      ['complaint.ticket', (one) => (one.ticket ? caseLink(one.ticket) : '–'), 'nowrap'],
      ['complaint.owner', (one) => one.owner ?? '–', 'nowrap'],
      ['complaint.at', (one) => ago(one.loggedAt), 'muted nowrap'],
    ];
  }

  above() {
    const hot = this.#hot.value;
    return hot?.length ? html`<div class="lead">${card(t('complaint.hot'), plainTable([
      ['rate.model', (one) => one.product || '–', 'nowrap'], ['complaint.class', (one) => term('complaintClass', one.complaintClass), 'nowrap'], ['complaint.causeCode', (one) => one.causeCode, 'mono'],
      ['rate.complaints', (one) => number(one.count), 'num'], ['complaint.first', (one) => ago(one.first), 'muted nowrap'], ['complaint.last', (one) => ago(one.last), 'muted nowrap'],
    ], hot), { flush: true })}</div>` : nothing;
  }
}

customElements.define('ac-complaints', Complaints);
