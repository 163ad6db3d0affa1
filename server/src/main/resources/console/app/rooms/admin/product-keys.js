import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day, number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { act, moment, run } from '../../ui/edit.js';
import { check, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { once } from './secret.js';

const at = (model, key = '') => `/products/${encodeURIComponent(model)}/keys${key && `/${encodeURIComponent(key)}`}`;

function make(model, done) {
  act({
    title: t('regkey.new'), path: at(model), confirm: t('regkey.make'),
    body: () => [pair(field({ label: t('regkey.devices'), name: 'devices', type: 'number', min: 1, value: 1000, required: true }), field({ label: t('regkey.until'), name: 'until', type: 'date', required: true })), check({ label: t('regkey.known'), name: 'knownOnly' })],
    change: (values) => ({ devices: Number(values.devices), until: moment(values.until), knownOnly: values.knownOnly === 'on' }),
    done: async (made) => {
      await done();
      once(t('regkey.secret'), made.secret);
    },
  });
}

function change(work, done) {
  return run(async () => {
    const answer = await work();
    await done();
    return answer;
  });
}

/** The keys with which devices of a product register themselves. */
export function keysCard(model, keys, done) {
  const mayChange = may('coordinator', 'engineer');
  const extra = mayChange ? html`<button class="right" @click=${() => make(model, done)}>${icon('plus')}${t('regkey.new')}</button>` : nothing;
  return card(t('regkey.title'), keys.length ? plainTable([
    ['regkey.key', (one) => html`<span class="mono">${one.key}</span>`, 'wide'], ['regkey.used', (one) => `${number(one.devices)} / ${number(one.devicesMax)}`, 'num'], ['regkey.until', (one) => day(one.until), 'nowrap'],
    ['sla.state', (one) => (one.enabled ? html`<span class="badge good">${icon('check')}${t('regkey.on')}</span>` : html`<span class="badge calm">${icon('off')}${t('regkey.off')}</span>`)],
    [null, (one) => (mayChange ? html`<span class="row nowrap"><button class="plain" @click=${() => change(() => api.patch(at(model, one.key), { enabled: !one.enabled }), done)}>${t(one.enabled ? 'regkey.disable' : 'regkey.enable')}</button>
      <button class="plain" @click=${async () => { const made = await change(() => api.post(`${at(model, one.key)}/rotate`), done); if (made) once(t('regkey.secret'), made.secret); }}>${t('regkey.rotate')}</button></span>` : nothing), 'nowrap'],
  ], keys) : empty('key', t('regkey.none'), t('regkey.none.next')), { extra, flush: true });
}
