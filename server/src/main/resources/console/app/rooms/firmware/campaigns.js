import { html, nothing } from 'lit';
import { bind } from '../../core/keys.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { notBegun, progressWords, releaseName, tally } from './campaign-shape.js';
import { campaignName } from './told.js';

const STATES = ['draft', 'awaiting-approval', 'approved', 'running', 'paused', 'finished', 'aborted'];

/** Every firmware campaign and how far it is. */
class Campaigns extends Register {
  route = 'campaigns';
  path = '/campaigns';
  icon = 'campaign';
  events = ['campaign.changed', 'deployment.changed'];

  opened() {
    super.opened();
    if (may('firmware')) this.own(bind([{ key: 'n', label: 'key.campaign.new', run: () => go('campaign-new') }]));
  }

  filters() {
    return [{ name: 'state', label: t('campaign.state'), options: STATES.map((one) => [one, term('campaign', one)]) }, { name: 'product', label: t('release.product') }];
  }

  doings() {
    return may('firmware') ? html`<a class="button primary" href=${href('campaign-new')}>${icon('plus')}${t('campaign.new')}</a>` : nothing;
  }

  open(campaign) {
    go('campaign', campaign.id);
  }

  #meter(one) {
    const { total, confirmed, failed, moving } = tally(one);
    const words = progressWords(!notBegun(one), { total, confirmed, failed });
    return html`${progress([['confirmed', confirmed], ['failed', failed], ['moving', moving]], total, words)}<div class="muted small">${words}</div>`;
  }

  columns() {
    return [
      ['campaign.name', (one) => html`<a class="title" href=${href('campaign', one.id)}>${typed(campaignName(one))}</a><div class="sub"><span class="mono">${one.id}</span>${one.proposed ? html`<span>${t('campaign.proposed')}</span>` : nothing}</div>`, 'wide'],
      ['release.product', (one) => html`${one.product} <span class="mono">${releaseName(one)}</span>`, 'nowrap'],
      ['campaign.state', (one) => badge('campaign', one.state)],
      ['campaign.stageNo', (one) => (one.startedAt ? `${one.stage} / ${one.stages.length}` : '–'), 'num nowrap'],
      ['campaign.devices', (one) => this.#meter(one), 'meter'],
      ['campaign.made', (one) => html`${one.author ?? '–'}, ${ago(one.createdAt)}`, 'nowrap muted'],
    ];
  }
}

customElements.define('ac-campaigns', Campaigns);
