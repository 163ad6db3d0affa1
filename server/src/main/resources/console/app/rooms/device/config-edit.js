import { html, nothing } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { area, check, field } from '../../ui/field.js';
import { say } from '../../ui/toast.js';
import { awayNotice, ticketChoice } from './device-action.js';
import { fieldsFor, given } from '../../ui/schema-form.js';

/** The schema of a product's configuration, or of one member of it. */
function schemaOf(tab, only) {
  const schema = tab.product.configuration?.schema;
  if (!schema?.properties) return null;
  return only ? { ...schema, properties: Object.hasOwn(schema.properties, only) ? { [only]: schema.properties[only] } : {}, required: [] } : { ...schema, required: [] };
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw Object.assign(new Error(t('schema.nojson', { name: t('config.json') })), { errors: [{ field: 'patch', message: failure.message }] });
  }
}

/** Sends what is to change, and offers the way back to the version before. */
async function send(tab, state, patch, { why, ticket }, done) {
  await api.patch(withQuery(`${tab.path}/desired`, { why, ticket }), patch, { etag: state.etag });
  say(t('config.saved'), async () => {
    const { data, etag } = await api.read(`${tab.path}/state`);
    await submitRollback(tab, { ...data, etag }, { to: state.version, why: t('config.undone') });
    await done();
  });
  await done();
}

/** Only what a person changed is sent: the rest stays as others want it. */
function changedOnly(wanted, desired) {
  return Object.fromEntries(Object.entries(wanted).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(desired[name])));
}

/**
 * Changes what a device should be: as a form where its product describes its configuration, else as a JSON merge patch. A version that somebody
 * else made meanwhile is not overwritten: what was typed stays, with the newest state to be looked at.
 */
export function editDialog(tab, state, done, only) {
  const schema = schemaOf(tab, only);
  const desired = state.desired ?? {};
  const asForm = schema && Object.keys(schema.properties).length > 0;
  const begun = only && !asForm ? { [only]: desired[only] ?? state.reported?.[only] ?? null } : {};
  let seen = state;
  ask({
    title: t('config.edit.of', { device: tab.device.id }),
    confirm: t('config.save'),
    body: () => html`${awayNotice(tab.device)}
      ${asForm ? fieldsFor(schema, { values: desired }) : area({ label: t('config.json'), name: 'patch', value: JSON.stringify(begun, null, 2), hint: t('config.json.hint'), rows: 6, mono: true, required: true })}
      ${field({ label: t('config.why'), name: 'why', maxlength: 500, required: true })}
      ${ticketChoice(tab.tickets)}`,
    submit: async (values) => {
      const patch = asForm ? changedOnly(given(schema, values, seen.desired ?? {}), seen.desired ?? {}) : parsed(values.patch);
      try {
        await send(tab, seen, patch, { why: values.why, ticket: values.ticket }, done);
      } catch (failure) {
        if (failure.status === 412) {
          const { data, etag } = await api.read(`${tab.path}/state`);
          seen = { ...data, etag };
          await done();
        }
        throw failure;
      }
    },
  });
}

export function submitRollback(tab, state, body) {
  return api.post(`${tab.path}/desired/rollback`, body, { etag: state.etag });
}

/** Wants again what an earlier version wanted. */
export function rollbackDialog(tab, state, version, done) {
  ask({
    title: t('config.rollback.to', { version: version.version }),
    confirm: t('config.rollback'),
    shape: 'wide',
    body: () => html`<p class="muted">${t('config.rollback.what')}</p>
      <pre class="source" tabindex="0">${JSON.stringify(version.desired, null, 2)}</pre>
      ${field({ label: t('config.why'), name: 'why', maxlength: 500, required: true })}`,
    submit: async ({ why }) => {
      await submitRollback(tab, state, { to: version.version, why });
      say(t('config.rolled', { version: version.version }), async () => {
        const { data, etag } = await api.read(`${tab.path}/state`);
        await submitRollback(tab, { ...data, etag }, { to: state.version, why: t('config.undone') });
        await done();
      });
      await done();
    },
  });
}

/** Says which members nobody may change for now. */
export function lockDialog(tab, names, locks, done) {
  const locked = locks?.keys ?? [];
  ask({
    title: t('config.locks'),
    confirm: t('config.save'),
    body: () => html`<p class="muted">${t('config.locks.what')}${locks?.by ? html` ${t('config.locks.by', { by: locks.by, why: locks.why ?? '' })}` : nothing}</p>
      ${[...new Set([...names, ...locked])].map((name) => check({ label: name, name: `lock.${name}`, checked: locked.includes(name) }))}
      ${field({ label: t('config.why'), name: 'why', maxlength: 500, required: true })}`,
    submit: async (values) => {
      const keys = Object.keys(values).filter((name) => name.startsWith('lock.')).map((name) => name.slice(5));
      await api.put(`${tab.path}/desired/locks`, { keys, why: values.why }, { etag: locks?.etag ?? `"${locks?.version ?? 0}"` });
      say(t('config.locks.saved'));
      await done();
    },
  });
}
