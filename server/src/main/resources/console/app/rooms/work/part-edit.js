import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { edit, filled, lines } from '../../ui/edit.js';
import { check, choice, field, pair } from '../../ui/field.js';
import { complain, say } from '../../ui/toast.js';
import { every } from './names.js';

const CLASSES = ['core', 'accessory', 'consumable'];

function body(one, suppliers) {
  return html`
    ${one ? nothing : field({ label: t('part.code'), name: 'code', required: true, maxlength: 64 })}
    ${pair(field({ label: t('part.name.zh'), name: 'zh', value: one?.name.zh, required: true, maxlength: 200 }), field({ label: t('part.name.en'), name: 'en', value: one?.name.en, required: true, maxlength: 200 }))}
    ${pair(choice({ label: t('part.class'), name: 'class', value: one?.class ?? 'core', required: true, options: CLASSES.map((kind) => [kind, term('partClass', kind)]) }), field({ label: t('part.specification'), name: 'specification', value: one?.specification, maxlength: 500 }))}
    ${field({ label: t('part.models'), name: 'models', value: one?.models.join(', '), hint: t('part.models.hint') })}
    ${pair(choice({ label: t('part.supplier'), name: 'supplier', value: one?.supplier, options: suppliers.map((it) => [it.id, it.name]) }), field({ label: t('part.price'), name: 'purchasePrice', type: 'number', min: 0, step: '0.01', value: one?.purchasePrice }))}
    ${pair(field({ label: t('part.safety'), name: 'safetyStock', type: 'number', min: 0, value: one?.safetyStock }), field({ label: t('part.certificate'), name: 'certificate', value: one?.certificate, maxlength: 200 }))}
    ${check({ label: t('part.genuine'), name: 'genuine', checked: one?.genuine ?? true })}
    ${one ? choice({ label: t('part.state'), name: 'state', value: one.state, required: true, options: ['active', 'obsolete'].map((state) => [state, term('partState', state)]) }) : nothing}`;
}

function card(values) {
  return filled({
    code: values.code, name: { zh: values.zh, en: values.en }, class: values.class, specification: values.specification, models: lines(values.models), genuine: 'genuine' in values,
    certificate: values.certificate || null, supplier: values.supplier || null, purchasePrice: values.purchasePrice ? Number(values.purchasePrice) : undefined,
    safetyStock: values.safetyStock ? Number(values.safetyStock) : undefined, state: values.state,
  });
}

/** Adds a part to the catalogue, or changes one. */
export async function partDialog(one, done) {
  let suppliers;
  try {
    suppliers = await every('/suppliers', {});
  } catch (failure) {
    complain(failure);
    return;
  }
  if (one) {
    await edit({ title: t('part.edit', { code: one.code }), path: `/parts/${encodeURIComponent(one.code)}`, body: (now) => body(now, suppliers), change: card, shape: 'wide', done });
    return;
  }
  ask({
    title: t('part.new'), shape: 'wide', confirm: t('action.save'), body: () => body(null, suppliers),
    submit: async (values) => {
      const made = await api.post('/parts', card(values));
      say(t('action.saved'));
      await done(made);
    },
  });
}
