import { html, nothing } from 'lit';
import { number, percent, span } from '../../core/format.js';
import { href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { facts } from '../../ui/facts.js';
import { progress } from '../../ui/progress.js';
import { at } from '../../ui/time.js';
import { share } from './campaign-health-shape.js';
import { releaseName, tally } from './campaign-shape.js';

const STOPPED = { running: 'aborted', soaking: 'aborted', waiting: 'unopened', pending: 'unopened' };

function stage(one, index, ended, { chosen, choose }) {
  const total = one.total ?? 0;
  const confirmed = one.confirmed ?? 0;
  const failed = one.failed ?? 0;
  const words = t('campaign.progress', { confirmed, total, failed });
  return html`<li class="stage">
    <span><button class="plain" aria-pressed=${String(chosen === index + 1)} @click=${() => choose(chosen === index + 1 ? null : String(index + 1))}>${t('campaign.stage', { n: index + 1 })}</button> <span class="muted">${one.target ?? (one.percent == null ? number(one.count) : `${one.percent} %`)}${one.start === 'manual' ? `, ${t('campaign.manual')}` : ''}</span></span>
    ${progress([['confirmed', confirmed], ['failed', failed]], total, words)}
    <span>${badge('campaign', (ended && STOPPED[one.state]) || one.state)}</span>
    <span class="muted small">${words}</span>
  </li>`;
}

/** The stages, each with its bar; one can be chosen, to see its devices. */
export function stagesCard(campaign, choice) {
  const { total, confirmed, failed, moving } = tally(campaign);
  const words = t('campaign.progress', { confirmed, total, failed });
  return html`<section class="card">
    <header><h2>${t('campaign.stages.title')}</h2><span class="right muted">${words}, ${percent(confirmed, total)}</span></header>
    <div class="body stages">
      ${progress([['confirmed', confirmed], ['failed', failed], ['moving', moving]], total, words)}
      <ol>${(campaign.stages ?? []).map((one, index) => stage(one, index, campaign.state === 'aborted', choice))}</ol>
    </div>
  </section>`;
}

/** Why it ended; the campaign that returns its devices is a link. */
function reason(text) {
  const [before, way, after] = text.split(/\b(C\d+)(?= returns )/);
  return way ? html`${before}<a class="within" href=${href('campaign', way)}>${way}</a>${after}` : text;
}

export function factsCard(campaign) {
  return html`<section class="card">
    <header><h2>${t('campaign.facts')}</h2></header>
    <div class="body">${facts([
      [t('campaign.release'), html`<span class="mono">${releaseName(campaign)}</span>`],
      [t('release.product'), campaign.product],
      [t('campaign.matched'), campaign.matched],
      [t('campaign.target'), campaign.target && html`<div class="target" tabindex="0"><code>${campaign.target}</code></div>`],
      [t('campaign.author'), campaign.author],
      [t('campaign.approver'), campaign.approvedBy],
      [t('campaign.started'), campaign.startedAt && at(campaign.startedAt)],
      [t('campaign.finished'), campaign.finishedAt && at(campaign.finishedAt)],
      [t('campaign.reason'), campaign.reason && reason(campaign.reason)],
      [t('campaign.revertOf'), campaign.revertOf && html`<a href=${href('campaign', campaign.revertOf)}>${campaign.revertOf}</a>`],
      [t('campaign.proposed'), campaign.proposed ? t(campaign.revertOf ? 'campaign.proposed.revert' : 'campaign.proposed.why') : null],
    ])}</div>
  </section>`;
}

export function gateCard({ gate }) {
  if (!gate) return nothing;
  return html`<section class="card">
    <header><h2>${t('campaign.gate')}</h2></header>
    <div class="body">${facts([
      [t('gate.success'), gate.success != null && percent(gate.success, 1)],
      [t('gate.error'), gate.error != null && percent(gate.error, 1)],
      [t('gate.minimum'), gate.minimum],
      [t('gate.soak'), gate.soak && span(gate.soak)],
      [t('gate.action'), gate.action && term('gateaction', gate.action)],
      [t('gate.alpha'), gate.alpha != null && share(gate.alpha)],
      [t('gate.metrics'), gate.metrics?.length ? gate.metrics.map((one) => (typeof one === 'string' ? one : (one.metric ?? one.name ?? JSON.stringify(one)))).join(', ') : null],
    ])}</div>
  </section>`;
}
