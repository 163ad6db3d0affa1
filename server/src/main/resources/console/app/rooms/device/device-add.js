import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { filled } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { say } from '../../ui/toast.js';
import { tagsIn } from './device-edit.js';

/** Shows a new device's token, which nobody is shown again. */
function tokenDialog(device) {
  ask({ title: t('devices.token.of', { device: device.id }), body: () => html`<p>${t('devices.token.what')}</p><pre class="source" tabindex="0">${device.token}</pre>` });
}

/** Registers one device. */
export function addDialog(products, done) {
  ask({
    title: t('devices.add.one'), confirm: t('devices.add'),
    body: () => html`${pair(field({ label: t('device.id'), name: 'id', required: true, maxlength: 64, hint: t('devices.id.hint') }), choice({ label: t('device.model'), name: 'model', required: true, options: products.map((one) => [one.model, one.name ?? one.model]) }))}
      ${pair(field({ label: t('device.region'), name: 'region', maxlength: 200 }), field({ label: t('device.outlet'), name: 'outlet', maxlength: 200 }))}
      ${pair(field({ label: t('device.hardware'), name: 'hardware', maxlength: 200 }), field({ label: t('device.purchased'), name: 'purchased', type: 'date' }))}
      ${area({ label: t('device.tags'), name: 'tags', hint: t('device.tags.hint'), rows: 2 })}`,
    submit: async (values) => {
      const added = await api.post('/devices', filled({ ...values, tags: tagsIn(values.tags) }));
      await done();
      setTimeout(() => tokenDialog(added));
    },
  });
}

/** Registers the devices of a CSV file; good lines are taken even where others are bad, and those are named. */
export function importDialog(done) {
  let answer = null;
  ask({
    title: t('devices.import'), confirm: t('devices.import'), shape: 'wide',
    body: () => html`<p class="muted">${t('devices.import.what')}</p>
      <label class="field"><span>${t('devices.import.file')}</span><input name="file" type="file" accept=".csv,text/csv" required></label>
      ${answer ? html`<p role="status">${t('devices.import.done', { created: number(answer.created), bad: number(answer.badTotal) })}</p>
        ${answer.bad.length ? html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr><th class="num">${t('devices.import.line')}</th><th>${t('devices.import.why')}</th></tr></thead><tbody>${answer.bad.map((one) => html`<tr><td class="num">${one.line}</td><td>${one.message}</td></tr>`)}</tbody></table></div>` : nothing}` : nothing}`,
    submit: async ({ file }) => {
      answer = await api.post('/devices/import', await file.text(), { type: 'text/csv' });
      await done();
      if (answer.badTotal) throw new Error(t('devices.import.some', { created: number(answer.created), bad: number(answer.badTotal) }));
      say(t('devices.import.done', { created: number(answer.created), bad: 0 }));
    },
  });
}
