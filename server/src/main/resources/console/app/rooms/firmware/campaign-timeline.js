import { html, nothing } from 'lit';
import { millis } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { ago } from '../../ui/time.js';

/** What happened to a campaign, the newest first: `[{at, tone, shape, words}]`, from what it and its health gate say. */
export function happened(campaign, looks = []) {
  const all = [{ at: campaign.createdAt, tone: 'calm', shape: 'new', words: campaign.proposed ? t('story.proposed') : t('story.created', { by: campaign.author }) }];
  const add = (at, tone, shape, words) => at && all.push({ at, tone, shape, words });
  add(campaign.approvedAt, 'good', 'check', t('story.approved', { by: campaign.approvedBy }));
  add(campaign.startedAt, 'info', 'play', t('story.started'));
  (campaign.stages ?? []).forEach((stage, i) => {
    add(stage.openedAt, 'info', 'campaign', t('story.opened', { n: i + 1 }));
    add(stage.reachedAt, 'info', 'clock', t('story.reached', { n: i + 1 }));
    add(stage.passedAt, 'good', 'done', t('story.passed', { n: i + 1 }));
  });
  for (const look of looks) {
    if (look.worse || look.last) add(look.at, look.worse ? 'critical' : 'calm', look.worse ? 'alert' : 'search', t(look.worse ? 'story.worse' : 'story.looked', { n: look.stage, updated: look.updated, waiting: look.waiting }));
  }
  if (campaign.finishedAt) add(campaign.finishedAt, campaign.state === 'aborted' ? 'critical' : 'good', campaign.state === 'aborted' ? 'stop' : 'done', t(campaign.state === 'aborted' ? 'story.aborted' : 'story.finished'));
  return all.filter((one) => one.at).reverse().sort((a, b) => millis(b.at) - millis(a.at));
}

/** The story of a campaign. */
export function timelineCard(campaign, looks) {
  const all = happened(campaign, looks);
  return all.length ? card(t('timeline.title'), html`<ol class="timeline">${all.map((one) => html`<li>
    <span class="dot ${one.tone}">${icon(one.shape)}</span><div class="line"><span class="what">${one.words}</span><span class="muted small">${ago(one.at)}</span></div></li>`)}</ol>`) : nothing;
}
