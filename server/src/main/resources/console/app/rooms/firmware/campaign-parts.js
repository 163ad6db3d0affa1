import { html, nothing } from 'lit';
import { number, percent, span } from '../../core/format.js';
import { href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { facts } from '../../ui/facts.js';
import { progress } from '../../ui/progress.js';
import { at } from '../../ui/time.js';
import { share } from './campaign-health-shape.js';
import { namedDevices, notBegun, progressWords, releaseName, tally } from './campaign-shape.js';

const STOPPED = { running: 'aborted', soaking: 'aborted', waiting: 'unopened', pending: 'unopened' };

function stage(one, index, { ended, begun }, { chosen, choose }) {
  const total = one.total ?? 0;
  const confirmed = one.confirmed ?? 0;
  const failed = one.failed ?? 0;
  const words = one.target && !begun ? nothing : progressWords(begun, { confirmed, total, failed }); // whom a condition takes in shows at the start
  return html`<li class="stage">
    <span><button class="plain" aria-pressed=${String(chosen === index + 1)} @click=${() => choose(chosen === index + 1 ? null : String(index + 1))}>${t('campaign.stage', { n: index + 1 })}</button> <span class="muted">${one.target ?? (one.percent == null ? t('campaign.count', { count: one.count }) : `${one.percent} %`)}${one.start === 'manual' ? `, ${t('campaign.manual')}` : ''}</span></span>
    ${progress([['confirmed', confirmed], ['failed', failed]], total, words)}
    <span>${badge('campaign', (ended && STOPPED[one.state]) || one.state)}</span>
    <span class="muted small">${words}</span>
  </li>`;
}

/** The stages, each with its bar; one can be chosen, to see its devices. */
export function stagesCard(campaign, choice) {
  const { total, confirmed, failed, moving } = tally(campaign);
  const begun = !notBegun(campaign);
  const words = progressWords(begun, { total, confirmed, failed });
  return html`<section class="card">
    <header><h2>${t('campaign.stages.title')}</h2><span class="right muted">${words}${begun ? ` (${percent(confirmed, total)})` : nothing}</span></header>
    <div class="body stages">
      ${progress([['confirmed', confirmed], ['failed', failed], ['moving', moving]], total, words)}
      <ol>${(campaign.stages ?? []).map((one, index) => stage(one, index, { ended: campaign.state === 'aborted', begun }, choice))}</ol>
    </div>
  </section>`;
}

const NAMED_SHOWN = 6;

/** Whom it is for: devices that are named one by one as links, a condition as it was written. */
function target(text) {
  const ids = namedDevices(text);
  if (!ids) return html`<div class="target" tabindex="0"><code>${text}</code></div>`;
  const link = (id) => html`<a class="mono nowrap" href=${href('device', id)}>${id}</a> `;
  const rest = ids.slice(NAMED_SHOWN);
  return html`${ids.slice(0, NAMED_SHOWN).map(link)}${rest.length ? html`<details><summary class="small">${t('campaign.target.more', { count: rest.length })}</summary>${rest.map(link)}</details>` : nothing}`;
}

export function factsCard(campaign) {
  return html`<section class="card">
    <header><h2>${t('campaign.facts')}</h2></header>
    <div class="body">${facts([
      [t('campaign.release'), html`<a class="mono" href=${href('release', campaign.release)}>${releaseName(campaign)}</a>`],
      [t('release.product'), campaign.product],
      [t('campaign.matched'), campaign.matched],
      [t('campaign.target'), campaign.target && target(campaign.target)],
      [t('campaign.author'), campaign.author],
      [t('campaign.approver'), campaign.approvedBy],
      [t('campaign.started'), campaign.startedAt && at(campaign.startedAt)],
      [t('campaign.finished'), campaign.finishedAt && at(campaign.finishedAt)],
      [t('campaign.revertOf'), campaign.revertOf && html`<a href=${href('campaign', campaign.revertOf)}>${campaign.revertOf}</a>`],
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
