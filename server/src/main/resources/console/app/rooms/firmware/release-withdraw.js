import { html } from 'lit';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';

/** Takes a release back: says what follows, asks why, and has the version typed, because there is no way back from it. */
export function withdrawDialog(release, done) {
  ask({
    title: t('release.withdraw.title', { release: `${release.product} ${release.version}` }),
    confirm: t('release.withdraw'),
    danger: true,
    body: () => html`<p>${t('release.withdraw.effect')}</p>
      <label class="field">${t('ticket.reason')}<textarea name="reason" required maxlength="500"></textarea></label>
      <label class="field">${t('run.confirm', { device: release.version })}<input name="confirm" class="mono" autocomplete="off" spellcheck="false" required></label>`,
    submit: async ({ reason, confirm }) => {
      if (confirm.trim() !== release.version) throw new Error(t('release.withdraw.differs', { version: release.version }));
      await api.post(`/releases/${encodeURIComponent(release.id)}/withdraw`, { reason: reason.trim() });
      say(t('release.withdraw.done'));
      await done();
    },
  });
}
