import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { go } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { act, edit } from '../../ui/edit.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { say } from '../../ui/toast.js';
import { CHANNELS, GRADES, LOCALES, options, PURPOSES } from './choices.js';

function personFields(person = {}, file = {}) {
  return [
    field({ label: t('customer.name'), name: 'name', value: person.name, required: !file.id, maxlength: 200 }),
    pair(field({ label: t('customer.phone'), name: 'phone', type: 'tel', value: person.phone, maxlength: 50 }), field({ label: t('customer.email'), name: 'email', type: 'email', value: person.email, maxlength: 254 })),
    area({ label: t('customer.address'), name: 'address', value: person.address, rows: 2, maxlength: 500 }),
    pair(choice({ label: t('customer.locale'), name: 'locale', value: file.locale, options: options('locale', LOCALES) }), choice({ label: t('customer.channel'), name: 'channel', value: file.channel, options: options('customerChannel', CHANNELS) })),
    field({ label: t('customer.grade'), hint: t('customer.grade.hint'), name: 'grade', value: file.grade ?? 'standard', list: 'grades', maxlength: 31 }),
    html`<datalist id="grades">${GRADES.map((one) => html`<option value=${one}></option>`)}</datalist>`,
  ];
}

export function newDialog() {
  act({ title: t('customer.new'), path: '/customers', shape: 'wide', body: () => personFields(), done: (made) => go('customer', made.id) });
}

/** Looks a person up by the whole number or address; what is asked for is kept nowhere. */
export function findDialog() {
  ask({
    title: t('customer.find'), confirm: t('customer.find.do'),
    body: () => [html`<p class="muted">${t('customer.find.why')}</p>`, field({ label: t('customer.phone'), name: 'phone', type: 'tel', maxlength: 50 }), field({ label: t('customer.email'), name: 'email', type: 'email', maxlength: 254 })],
    submit: async ({ phone, email }) => {
      const { items } = await api.post('/customers/search', { phone: phone || undefined, email: email || undefined });
      if (!items?.length) throw Object.assign(new Error(t('customer.find.none')), { title: t('customer.find.nobody') });
      go('customer', items[0].id);
    },
  });
}

export function editDialog(file, done) {
  edit({
    title: t('customer.edit'), path: `/customers/${encodeURIComponent(file.id)}`, method: 'patch', shape: 'wide', done,
    body: (now) => [...personFields(now.person, now), may('coordinator') ? field({ label: t('customer.hold'), hint: t('customer.hold.hint'), name: 'hold', value: now.hold, maxlength: 500 }) : nothing],
    change: (values) => ({ ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value || null])), grade: values.grade || 'standard' }),
  });
}

export function consentDialog(file, done) {
  act({
    title: t('customer.consent'), path: `/customers/${encodeURIComponent(file.id)}/consents`, done,
    body: () => [
      choice({ label: t('customer.purpose'), name: 'purpose', value: 'remote', required: true, options: options('purpose', PURPOSES) }),
      choice({ label: t('customer.answer'), name: 'given', value: 'true', required: true, options: options('given', ['true', 'false']) }),
      field({ label: t('customer.source'), hint: t('customer.source.hint'), name: 'source', required: true, maxlength: 200 }),
    ],
    change: ({ purpose, given, source }) => ({ purpose, source, given: given === 'true' }),
  });
}

export function mergeDialog(file, done) {
  act({
    title: t('customer.merge'), confirm: t('customer.merge'), danger: true, done,
    body: () => [html`<p class="muted">${t('customer.merge.why')}</p>`, field({ label: t('customer.other'), name: 'other', required: true, placeholder: 'K-…', maxlength: 32 })],
    send: ({ other }) => api.post(`/customers/${encodeURIComponent(file.id)}/merge`, { other: other.trim() }, { etag: `"${file.version}"` }),
  });
}

/** Forgetting cannot be taken back, so the file's name is typed. */
export function eraseDialog(file, done) {
  ask({
    title: t('customer.erase'), confirm: t('customer.erase'), danger: true,
    body: () => [
      html`<p>${t('customer.erase.why')}</p>`, field({ label: t('customer.erase.type', { id: file.id }), name: 'typed', required: true }),
      check({ label: t('customer.erase.force'), name: 'force' }), field({ label: t('ticket.reason'), name: 'reason', maxlength: 1000 }),
    ],
    submit: async ({ typed, force, reason }) => {
      if (typed.trim() !== file.id) throw new Error(t('customer.erase.type', { id: file.id }));
      await api.delete(`/customers/${encodeURIComponent(file.id)}/personal-data`, force ? { body: { force: true, reason } } : {});
      say(t('customer.erased'));
      await done();
    },
  });
}

/** Everything that is held about the person, as a file of the reader's. */
export async function exportFile(file) {
  const all = await api.get(`/customers/${encodeURIComponent(file.id)}/export`);
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(all, null, 2)], { type: 'application/json' }));
  link.download = `${file.id}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
