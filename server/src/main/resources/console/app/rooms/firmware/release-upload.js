import { html } from 'lit';
import { api } from '../../core/api.js';
import { go } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';

/** Publishes a release: the signed envelope and what it names. The signature was made elsewhere; no secret key comes near a browser. */
export function uploadDialog() {
  ask({
    title: t('upload.title'),
    confirm: t('upload.do'),
    body: () => html`<p class="muted">${t('upload.hint')}</p>
      <label class="field">${t('upload.envelope')}<input type="file" name="envelope" accept=".json,application/json" required></label>
      <label class="field">${t('upload.artifacts')}<span class="muted small">${t('upload.artifacts.hint')}</span><input type="file" name="artifacts" multiple required></label>`,
    submit: async (_, form) => {
      const parts = new FormData();
      parts.append('envelope', form.elements.envelope.files[0]);
      for (const file of form.elements.artifacts.files) parts.append('artifact', file, file.name);
      const release = await api.post('/releases', parts);
      say(t('upload.done', { release: `${release.product} ${release.version}` }));
      go('release', release.id);
    },
  });
}
