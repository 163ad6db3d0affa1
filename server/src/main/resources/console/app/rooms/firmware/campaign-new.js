import { html } from 'lit';
import { api } from '../../core/api.js';
import { go } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { complain, say } from '../../ui/toast.js';

/** "5, 25, 100" as stages; what is not a rising row of percentages ending with 100 is refused here already. */
export function stagesOf(text) {
  const percents = text.split(/[,\s、，]+/).filter(Boolean).map(Number);
  const rising = percents.every((one, i) => one > (percents[i - 1] ?? 0) && one <= 100);
  if (!percents.length || !rising || percents.at(-1) !== 100) throw new Error(t('campaign.stages.wrong'));
  return percents.map((percent) => ({ percent }));
}

/** A new campaign: what, to whom, in which steps. It starts only after another person has approved it. */
export async function campaignDialog() {
  let releases;
  try {
    const answer = await api.get('/releases');
    releases = Array.isArray(answer) ? answer : (answer.items ?? []);
  } catch (failure) {
    return complain(failure);
  }
  return ask({
    title: t('campaign.new'),
    confirm: t('campaign.create'),
    body: () => html`
      <label class="field">${t('campaign.name')}<input name="name" required maxlength="120"></label>
      <label class="field">${t('campaign.release')}<select name="release" required>${releases.map((one) => html`<option value=${one.id}>${one.product ?? one.model ?? ''} ${one.version}</option>`)}</select></label>
      <label class="field">${t('campaign.target.field')}<input name="target" class="mono" placeholder='device.model == "LaserJet-9"' spellcheck="false"></label>
      <label class="field">${t('campaign.stages')}<input name="stages" value="5, 25, 100" required><span class="muted small">${t('campaign.stages.hint')}</span></label>
      <p class="muted">${t('campaign.new.hint')}</p>`,
    submit: async ({ name, release, target, stages }) => {
      const made = await api.post('/campaigns', { name, release, target: target || undefined, stages: stagesOf(stages) });
      say(t('campaign.created'));
      go('campaign', made.id);
    },
  });
}
