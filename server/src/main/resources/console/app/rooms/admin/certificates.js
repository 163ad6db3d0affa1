import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { assignee } from '../../ui/assignee.js';
import { badge, dress } from '../../ui/badges.js';
import { act, run } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { typed } from '../../ui/table.js';

dress({ certificate: { applied: ['calm', 'clock'], reviewed: ['info', 'search'], valid: ['good', 'done'], expiring: ['warning', 'clock'], expired: ['critical', 'off'], revoked: ['critical', 'stop'] } });

export function applyDialog(engineer, done) {
  act({
    title: t('certificate.apply'), path: '/certifications', done,
    body: () => pair(assignee({ label: t('engineer.name'), name: 'engineer', value: engineer, roles: 'engineer' }), field({ label: t('device.model'), name: 'model', required: true, maxlength: 64 })),
  });
}

function review(one, done) {
  const mark = { type: 'number', min: 0, max: 100, required: true };
  act({
    title: t('certificate.review'), path: `/certifications/${one.id}/review`, done,
    body: () => pair(field({ label: t('certificate.theory'), name: 'theory', ...mark }), field({ label: t('certificate.practical'), name: 'practical', ...mark })),
    change: (values) => ({ theory: Number(values.theory), practical: Number(values.practical) }),
  });
}

function revoke(one, done) {
  act({ title: t('certificate.revoke'), path: `/certifications/${one.id}/revoke`, danger: true, confirm: t('certificate.revoke'), body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 1000 }), done });
}

function step(one, name, done) {
  return run(async () => {
    await api.post(`/certifications/${one.id}/${name}`);
    await done();
  });
}

function steps(one, done) {
  const judge = may('quality', 'coordinator');
  if (one.state === 'applied' && judge) return html`<button @click=${() => review(one, done)}>${t('certificate.review')}</button>`;
  if (one.state === 'reviewed' && judge) return html`<button @click=${() => step(one, 'issue', done)}>${t('certificate.issue')}</button>`;
  return html`<span class="row nowrap">${['expiring', 'expired'].includes(one.state) && may('engineer', 'coordinator', 'quality') ? html`<button @click=${() => step(one, 'renew', done)}>${t('certificate.renew')}</button>` : nothing}
    ${['valid', 'expiring'].includes(one.state) && judge ? html`<button class="plain" @click=${() => revoke(one, done)}>${t('certificate.revoke')}</button>` : nothing}</span>`;
}

/** The columns of certificates; `done` is called after each step. */
export function certificateColumns(done) {
  return [
    ['certificate.number', (one) => html`<span class="mono">${one.number}</span>`, 'nowrap'], ['engineer.name', (one) => html`<a href=${href('engineer', one.engineer)}>${one.engineer}</a>`, 'nowrap'], ['device.model', (one) => one.model, 'nowrap'],
    ['engineer.state', (one) => badge('certificate', one.state)], ['certificate.marks', (one) => (one.theory == null ? '–' : `${one.theory} / ${one.practical}`), 'num'],
    ['certificate.issued', (one) => (one.issued ? day(one.issued) : '–'), 'nowrap'], ['certificate.expires', (one) => (one.expires ? day(one.expires) : '–'), 'nowrap'], ['certificate.note', (one) => typed(one.revokedBecause ?? one.reviewer)],
    [null, (one) => steps(one, done), 'nowrap'],
  ];
}
