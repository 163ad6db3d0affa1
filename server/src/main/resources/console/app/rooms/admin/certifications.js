import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { act } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { plainTable, typed } from '../../ui/table.js';
import { applyDialog, certificateColumns } from './certificates.js';

const STATES = ['applied', 'reviewed', 'valid', 'expiring', 'expired', 'revoked'];

/** Who is certified for which model, and what a certificate needs. */
class Certifications extends Register {
  route = 'certifications';
  path = '/certifications';
  icon = 'star';
  under = 'settings';
  #standards = new Load(this, async (signal) => (await api.get('/certification-standards', { signal })).items);

  opened() {
    super.opened();
    this.#standards.restart();
  }

  filters() {
    return [{ name: 'state', label: t('engineer.state'), options: STATES.map((one) => [one, term('certificate', one)]) }, { name: 'engineer', label: t('engineer.name') }, { name: 'model', label: t('device.model') }];
  }

  #standard() {
    const mark = { type: 'number', min: 0, max: 100, required: true };
    act({
      title: t('standard.new'), path: '/certification-standards', done: () => this.#standards.run(),
      body: () => [pair(field({ label: t('device.model'), name: 'model', required: true, maxlength: 64 }), field({ label: t('standard.months'), name: 'validMonths', type: 'number', min: 1, max: 120, value: 24 })),
        pair(field({ label: t('certificate.theory'), name: 'theoryPass', value: 80, ...mark }), field({ label: t('certificate.practical'), name: 'practicalPass', value: 80, ...mark })), area({ label: t('standard.why'), name: 'why', required: true, maxlength: 1000 })],
      change: (values) => ({ ...values, theoryPass: Number(values.theoryPass), practicalPass: Number(values.practicalPass), validMonths: Number(values.validMonths) }),
    });
  }

  doings() {
    return html`${may('quality', 'coordinator') ? html`<button @click=${() => this.#standard()}>${icon('plus')}${t('standard.new')}</button>` : nothing}
      ${may('engineer', 'coordinator', 'quality') ? html`<button class="primary" @click=${() => applyDialog('', () => this.list.run())}>${icon('plus')}${t('certificate.apply')}</button>` : nothing}`;
  }

  columns() {
    return certificateColumns(() => this.list.run());
  }

  above() {
    const standards = this.#standards.value ?? [];
    return standards.length ? html`<div class="lead">${card(t('standard.title'), plainTable([
      ['device.model', (one) => one.model, 'nowrap'], ['standard.version', (one) => one.version, 'num'], ['certificate.theory', (one) => one.theoryPass, 'num'], ['certificate.practical', (one) => one.practicalPass, 'num'], ['standard.months', (one) => one.validMonths, 'num'], ['standard.why', (one) => typed(one.why), 'wide'], ['standard.from', (one) => day(one.inForceFrom), 'nowrap'],
    ], standards), { flush: true })}</div>` : nothing;
  }
}

customElements.define('ac-certifications', Certifications);
