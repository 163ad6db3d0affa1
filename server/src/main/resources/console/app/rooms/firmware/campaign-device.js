import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';
import { told } from './told.js';

const BETTER_LEFT = ['verifying', 'installing', 'rebooting'];

function path(campaign, one, step) {
  return `/campaigns/${encodeURIComponent(campaign.id)}/devices/${encodeURIComponent(one.device)}/${step}`;
}

/** Gives one device up; where it already verifies or installs that needs force, which is said and chosen. */
export function cancelDialog(campaign, one, done) {
  const late = BETTER_LEFT.includes(one.state);
  ask({
    title: t('deployment.cancel.title', { device: one.device }),
    confirm: t('deployment.cancel.do'),
    danger: true,
    body: () => html`<p>${t('deployment.cancel.effect')}</p>
      ${late ? html`<p class="tone-warning">${t('deployment.cancel.late', { state: term('deployment', one.state) })}</p>` : nothing}
      <label class="field">${t('ticket.reason')}<textarea name="reason" maxlength="500"></textarea></label>
      <label class="row"><input type="checkbox" name="force" ?required=${late}>${t('deployment.cancel.force')}</label>`,
    submit: async ({ reason, force }) => {
      await api.post(path(campaign, one, 'cancel'), { reason: reason.trim() || undefined, force: force ? true : undefined });
      say(t('deployment.cancel.done', { device: one.device }));
      await done();
    },
  });
}

/** Has one device tried once more, at once. */
export function retryDialog(campaign, one, done) {
  ask({
    title: t('deployment.retry.title', { device: one.device }),
    confirm: t('deployment.retry.do'),
    body: () => html`<p>${t('deployment.retry.effect')}</p>${one.error ? html`<p class="muted">${told(one.why, one.error)}</p>` : nothing}`,
    submit: async () => {
      await api.post(path(campaign, one, 'retry'));
      say(t('deployment.retry.done', { device: one.device }));
      await done();
    },
  });
}
