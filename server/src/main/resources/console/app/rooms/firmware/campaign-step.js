import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';
import { campaignName } from './told.js';

const UNDERWAY = ['running', 'paused'];
/** Steps that hold for what was seen: where it has changed meanwhile they are refused. A campaign under way changes by itself, and is stopped all the same. */
const AS_SEEN = ['submit', 'approve', 'start'];

/** Confirms a step of a campaign; what ends one under way is confirmed by its id. That the author cannot approve is said before it is tried. */
export function stepDialog(campaign, step, done) {
  const ends = step === 'abort' || step === 'force';
  const grave = step === 'force' || (step === 'abort' && UNDERWAY.includes(campaign.state));
  const own = step === 'approve' && campaign.author === user.username;
  ask({
    title: t('step.title', { step: t(`step.${step}`), name: campaignName(campaign) }),
    confirm: t(`step.${step}`),
    danger: ends,
    body: () => html`<p>${t(`step.${step}.effect`)}</p>${own ? html`<p class="tone-warning">${t('step.approve.own')}</p>` : nothing}
      ${ends ? html`<label class="field">${t('ticket.reason')}<textarea name="reason" required maxlength="500"></textarea></label>` : nothing}
      ${grave ? html`<label class="field">${t('run.confirm', { device: campaign.id })}<input name="confirm" class="mono" autocomplete="off" spellcheck="false" required></label>` : nothing}`,
    submit: async ({ reason, confirm }) => {
      if (grave && confirm.trim() !== campaign.id) throw new Error(t('step.differs', { id: campaign.id }));
      await api.post(`/campaigns/${encodeURIComponent(campaign.id)}/${step === 'force' ? 'abort' : step}`, step === 'force' ? { reason, force: true } : reason ? { reason } : undefined, AS_SEEN.includes(step) ? { etag: campaign.etag } : {});
      say(t('step.done', { step: t(`step.${step}`) }));
      await done();
    },
  });
}
