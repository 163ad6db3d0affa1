import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { act, filled, lines, local, moment, run } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { at } from '../../ui/time.js';

const STATES = ['planned', 'active', 'ended'];
const KINDS = ['suppression', 'maintenance'];
const USUAL_MS = 4 * 3_600_000;
const SHOWN = 3;

/** Maintenance of devices, and faults that shall call nobody for a while. */
class Suppressions extends Register {
  route = 'suppressions';
  path = '/suppressions';
  icon = 'wait';

  filters() {
    return [
      { name: 'kind', label: t('hold.anykind'), options: KINDS.map((one) => [one, term('holdkind', one)]) },
      { name: 'state', label: t('devices.anystate'), options: STATES.map((one) => [one, term('holdstate', one)]) },
      { name: 'device', label: t('device.id') },
    ];
  }

  doings() {
    return may('coordinator', 'quality') ? html`<button class="primary" @click=${() => this.#plan()}>${icon('plus')}${t('hold.plan')}</button>` : nothing;
  }

  #plan() {
    act({
      title: t('hold.plan'), path: '/suppressions', confirm: t('hold.plan'), words: t('hold.planned'), done: () => this.list.run(),
      body: () => html`<p class="muted">${t('hold.what')}</p>
        ${pair(field({ label: t('hold.code'), name: 'code', maxlength: 64, placeholder: 'FUSER_OVERHEAT' }), field({ label: t('device.model'), name: 'model', maxlength: 64 }))}
        ${pair(field({ label: t('device.region'), name: 'region', maxlength: 200 }), field({ label: t('device.firmware'), name: 'firmware', maxlength: 200 }))}
        ${area({ label: t('hold.devices'), name: 'devices', hint: t('fleet.only.hint'), rows: 2, mono: true })}
        ${pair(field({ label: t('hold.from'), name: 'from', type: 'datetime-local' }), field({ label: t('hold.until'), name: 'until', type: 'datetime-local', required: true, value: local(new Date(Date.now() + USUAL_MS).toISOString()) }))}
        ${area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 })}`,
      change: (values) => {
        const devices = lines(values.devices);
        return filled({ ...values, from: moment(values.from), until: moment(values.until), devices: devices.length ? devices : undefined });
      },
    });
  }

  #end(one) {
    const path = one.kind === 'maintenance' && one.devices?.length === 1 ? `/devices/${encodeURIComponent(one.devices[0])}/maintenance` : `/suppressions/${encodeURIComponent(one.id)}`;
    return run(() => api.delete(path).then(() => this.list.run()), t('hold.ended'));
  }

  #whom(one) {
    const devices = one.devices ?? [];
    const said = [one.code && html`<code>${one.code}</code>`, one.model, one.firmware && html`<span class="mono">${one.firmware}</span>`, one.region].filter(Boolean);
    return html`<span class="row">${said}${devices.slice(0, SHOWN).map((id) => html`<a class="mono" href=${href('device', id)}>${id}</a>`)}${devices.length > SHOWN ? html`<span class="muted">+ ${devices.length - SHOWN}</span>` : nothing}</span>`;
  }

  columns() {
    return [
      ['hold.kind', (one) => term('holdkind', one.kind), 'nowrap'],
      ['hold.state', (one) => badge('holdstate', one.state)],
      ['hold.whom', (one) => this.#whom(one)],
      ['hold.reason', (one) => typed(one.reason), 'wide'],
      ['hold.from', (one) => at(one.from), 'nowrap'],
      ['hold.until', (one) => at(one.until), 'nowrap'],
      ['hold.by', (one) => one.endedBy ?? one.author],
      ['', (one) => (one.state !== 'ended' && may('coordinator', 'quality') ? html`<button class="plain" @click=${() => this.#end(one)}>${t('hold.end')}</button>` : nothing), 'num'],
    ];
  }
}

customElements.define('ac-suppressions', Suppressions);
