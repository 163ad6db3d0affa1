import { html, nothing } from 'lit';
import { exact, millis, number, percent, spanMillis } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { notBegun, tally } from './campaign-shape.js';
import { toldLinked } from './told.js';

/** What a running campaign waits for: its devices, the end of a soak, or the last stage's end. */
function awaited({ stage, stages, gate }) {
  const now = stages[stage - 1];
  const following = stages[stage];
  if (now.state === 'passed') return t('next.rest');
  if (!now.reachedAt) return t('next.devices', { n: stage, success: percent(gate.success, 1), confirmed: number(now.confirmed), total: number(now.total) });
  const until = exact(millis(now.reachedAt) + (spanMillis(gate.soak) ?? 0));
  if (!following) return t('next.soak.last', { n: stage, until });
  return t(following.start === 'manual' ? 'next.soak.manual' : 'next.soak', { n: stage, until, next: stage + 1 });
}

/** How a campaign stands and what comes next: `{tone, shape, words}`. */
export function nextOf(campaign) {
  const { state, why, reason, author, approvedBy, matched, stages = [] } = campaign;
  const { confirmed, total } = tally(campaign);
  switch (state) {
    case 'draft':
      return { tone: 'calm', shape: 'edit', words: t('next.draft') };
    case 'awaiting-approval':
      return { tone: 'warning', shape: 'clock', words: t('next.approval', { author, devices: number(matched), count: stages.length }) };
    case 'approved':
      return { tone: 'info', shape: 'check', words: t('next.approved', { by: approvedBy }) };
    case 'running':
      return { tone: 'info', shape: 'play', words: campaign.enrolling ? t('next.enrolling') : awaited(campaign) };
    case 'paused':
      return { tone: 'warning', shape: 'wait', words: toldLinked(why, reason) };
    case 'aborted':
      return { tone: 'critical', shape: 'stop', words: toldLinked(why, reason) };
    default:
      return { tone: reason ? 'warning' : 'good', shape: 'done', words: reason ? toldLinked(why, reason) : t('next.finished', { confirmed: number(confirmed), total: number(total) }) };
  }
}

/** The same, in the place where one looks first. */
export function nextLine(campaign) {
  const { tone, shape, words } = nextOf(campaign);
  return html`<p class="notice row ${tone}" data-next>${icon(shape)}<span dir="auto">${words}</span>${campaign.proposed && notBegun(campaign) ? html`<span class="small">${t(campaign.revertOf ? 'campaign.proposed.revert' : 'campaign.proposed.why')}</span>` : nothing}</p>`;
}
