import { html } from 'lit';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { act, run } from '../../ui/edit.js';
import { area, field } from '../../ui/field.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';

/** Makes the public half of a signing key known. */
export function keyDialog(done) {
  act({
    title: t('trust.key.add'), path: '/signing-keys', shape: 'wide', words: t('trust.key.added'), done,
    body: () => html`<p class="muted">${t('trust.key.hint')}</p>${field({ label: t('trust.name'), name: 'name', required: true, maxlength: 64 })}
      ${area({ label: t('trust.key.pem'), name: 'publicKey', rows: 5, required: true, maxlength: 4096, mono: true })}`,
  });
}

/** Ends a key: releases that only it has signed are withdrawn, so its name is typed. */
export function revokeDialog(key, done) {
  ask({
    title: t('trust.revoke.title', { name: key.name }), confirm: t('trust.revoke'), danger: true,
    body: () => html`<p>${t('trust.revoke.effect')}</p>${field({ label: t('run.confirm', { device: key.name }), name: 'confirm', required: true })}`,
    submit: async ({ confirm }) => {
      if (confirm.trim() !== key.name) throw new Error(t('step.differs', { id: key.name }));
      await api.delete(`/signing-keys/${encodeURIComponent(key.name)}`);
      say(t('trust.revoked'));
      await done();
    },
  });
}

/** Brings in a root document, signed at a ceremony elsewhere. */
export function rootDialog(done) {
  ask({
    title: t('trust.root.add'), confirm: t('trust.root.do'),
    body: () => html`<p class="muted">${t('trust.root.hint')}</p><label class="field">${t('trust.root.file')}<input type="file" name="root" accept=".json,application/json" required></label>`,
    submit: async (_, form) => {
      let envelope;
      try {
        envelope = JSON.parse(await form.elements.root.files[0].text());
      } catch {
        throw new Error(t('trust.root.unread'));
      }
      await api.post('/roots', envelope);
      say(t('trust.root.done'));
      await done();
    },
  });
}

/** Makes the server's next assignment key. */
export async function assignmentKey(done) {
  await run(() => api.post('/assignment-keys'), t('trust.assignment.made'));
  await done();
}
