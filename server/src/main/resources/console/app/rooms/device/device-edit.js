import { html } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { say } from '../../ui/toast.js';

const STATES = ['provisioned', 'active', 'suspended', 'in-repair', 'replaced', 'retired'];
const TAG = /^\s*([^:=]+?)\s*(?:[:=]\s*(.*?))?\s*$/;

const pathOf = (device) => `/devices/${encodeURIComponent(device.id)}`;

/** What people know of a device, as it can be sent back to take a change of it back. */
function before(device, changed) {
  return Object.fromEntries(Object.keys(changed).map((name) => [name, device[name] ?? (name === 'purchased' || name === 'gateway' ? null : '')]));
}

/** Changes a device and offers the way back. */
async function change(device, changed, done) {
  const answer = await api.patch(pathOf(device), changed, { etag: `"${device.version}"` });
  say(t('device.changed', { device: device.id }), async () => {
    await api.patch(pathOf(device), before(device, changed), { etag: `"${answer.version}"` });
    await done();
  });
  await done();
}

/** What people know of a device: where it is, whose it is, how it stands. */
export function changeDialog(device, done) {
  ask({
    title: t('device.edit.of', { device: device.id }),
    confirm: t('device.save'),
    body: () => html`
      ${choice({ label: t('device.state'), name: 'state', value: device.state, required: true, options: STATES.map((one) => [one, term('device', one)]) })}
      ${pair(field({ label: t('device.region'), name: 'region', value: device.region, maxlength: 200 }), field({ label: t('device.outlet'), name: 'outlet', value: device.outlet, maxlength: 200 }))}
      ${pair(field({ label: t('device.hardware'), name: 'hardware', value: device.hardware, maxlength: 200 }), field({ label: t('device.purchased'), name: 'purchased', value: device.purchased, type: 'date' }))}
      ${field({ label: t('device.customer'), name: 'customer', value: device.customer, maxlength: 200 })}
      ${field({ label: t('device.gateway'), name: 'gateway', value: device.gateway, maxlength: 64, hint: t('device.gateway.hint') })}`,
    submit: async (values) => {
      const wanted = { ...values, purchased: values.purchased || null, gateway: values.gateway || null };
      const changed = Object.fromEntries(Object.entries(wanted).filter(([name, value]) => (value ?? '') !== (device[name] ?? '')));
      if (Object.keys(changed).length) await change(device, changed, done);
    },
  });
}

/** The tags that a person typed: one a line, `name` or `name: value`. */
export function tagsIn(text) {
  const found = text.split('\n').map((line) => TAG.exec(line)).filter((one) => one?.[1]);
  return Object.fromEntries(found.map(([, name, value]) => [name, value || 'true']));
}

function linesOf(tags) {
  return Object.entries(tags ?? {}).map(([name, value]) => (value === 'true' ? name : `${name}: ${value}`)).join('\n');
}

/** The tags of one device as a whole, or tags that several devices get beside their own. */
export function tagsDialog(devices, done) {
  const [only] = devices;
  const one = devices.length === 1;
  ask({
    title: one ? t('device.tags.of', { device: only.id }) : t('devices.tags', { count: devices.length }),
    confirm: t('device.save'),
    body: () => area({ label: t('device.tags'), name: 'tags', value: one ? linesOf(only.tags) : '', hint: t('device.tags.hint'), rows: 6 }),
    submit: async ({ tags }) => {
      const wanted = tagsIn(tags);
      if (one) return change(only, { tags: wanted }, done);
      for (const device of devices) await api.patch(pathOf(device), { tags: { ...device.tags, ...wanted } }, { etag: `"${device.version}"` });
      say(t('devices.tagged', { count: devices.length }), async () => {
        for (const device of devices) await api.patch(pathOf(device), { tags: device.tags }, { etag: `"${device.version + 1}"` });
        await done();
      });
      return done();
    },
  });
}

/** In how long: a moment from now, as the API takes it. */
function after(hours) {
  return new Date(Date.now() + Number(hours) * 3_600_000).toISOString();
}

const HOURS = [1, 4, 8, 24, 72, 168];

/** Begins the maintenance of devices: what they raise until its end calls nobody. */
export function maintenanceDialog(devices, done) {
  ask({
    title: devices.length === 1 ? t('maintenance.of', { device: devices[0].id }) : t('maintenance.many', { count: devices.length }),
    confirm: t('maintenance.begin'),
    body: () => html`<p class="muted">${t('maintenance.what')}</p>
      ${choice({ label: t('maintenance.hours'), name: 'hours', value: 4, required: true, options: HOURS.map((one) => [one, t(`maintenance.hours.${one}`)]) })}
      ${area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 })}`,
    submit: async ({ hours, reason }) => {
      const until = after(hours);
      for (const device of devices) await api.post(`${pathOf(device)}/maintenance`, { until, reason });
      say(t('maintenance.begun', { count: devices.length }), async () => {
        for (const device of devices) await api.delete(`${pathOf(device)}/maintenance`);
        await done();
      });
      await done();
    },
  });
}
