import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { stepDialog } from './campaign-step.js';
import { notBegun, releaseName, steps } from './campaign-shape.js';
import { nextLine } from './campaign-next.js';
import { factsCard, gateCard, stagesCard } from './campaign-parts.js';
import { planCard } from './campaign-plan.js';
import { timelineCard } from './campaign-timeline.js';
import { campaignName } from './told.js';
import './campaign-devices.js';
import './campaign-preview.js';
import './campaign-failures.js';
import './fixes.js';
import './campaign-health.js';

const GATHER_MS = 500;
/** Keys of the page: `[key, label, …the steps that it begins]`. */
const KEYS = [['a', 'key.campaign.approve', 'submit', 'approve'], ['s', 'key.campaign.start', 'start', 'resume', 'pause'], ['n', 'key.campaign.advance', 'advance'], ['x', 'key.campaign.abort', 'abort', 'force']];
const ENDS = ['abort', 'force'];
const OVER = ['finished', 'aborted'];
const KEY_OF = Object.fromEntries(KEYS.flatMap(([key, , ...all]) => all.map((step) => [step, key])));

/** One campaign while it happens: its stages, its gate, and every device's way. */
class Campaign extends View {
  static properties = { campaignId: {}, query: { attribute: false }, beat: { state: true }, looks: { state: true } };
  beat = 0;
  #campaign = new Load(this, (signal) => this.#read(signal));
  #etag = null;
  #reload = gather(() => this.#again(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.campaigns', run: () => go('campaigns') }, ...KEYS.map(([key, label, ...all]) => ({ key, label, run: () => this.#first(all) }))]));
    this.#campaign.restart();
  }

  async #read(signal) {
    const { data, etag } = await api.read(`/campaigns/${encodeURIComponent(this.campaignId)}`, { signal });
    this.#etag = etag;
    return data;
  }

  /** Begins the first of these steps that the campaign allows now. */
  #first(all) {
    const campaign = this.#campaign.value;
    const step = campaign && steps(campaign).find((one) => all.includes(one));
    if (step) this.#step(campaign, step);
  }

  #button(campaign, step, kind) {
    return html`<button data-do=${step} class=${kind} @click=${() => this.#step(campaign, step)}>${t(`step.${step}`)} <kbd>${KEY_OF[step].toUpperCase()}</kbd></button>`;
  }

  #step(campaign, step) {
    stepDialog({ ...campaign, etag: this.#etag }, step, () => this.#again());
  }

  /** Which devices are shown: by state, stage or error, kept in the address. */
  #choose(change) {
    const query = { state: this.query.get('state'), stage: this.query.get('stage'), error: this.query.get('error'), ...change };
    stay('campaign', this.campaignId, query);
    this.query = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  }

  async #again() {
    this.beat += 1;
    await this.#campaign.run();
  }

  #heard(name, data) {
    const ours = (name === 'campaign.changed' && String(data.id) === this.campaignId) || (name === 'deployment.changed' && String(data.campaign ?? this.campaignId) === this.campaignId);
    if (name === 'reset' || ours) this.#reload();
  }

  updated() {
    title(this.#campaign.value ? campaignName(this.#campaign.value) : t('nav.campaigns'));
  }

  render() {
    return html`<div class="page">${show(this.#campaign, (campaign) => html`
      <div class="headline">
        <div class="crumb"><a href=${href('campaigns')}>${t('nav.campaigns')}</a> / <span class="mono">${campaign.id}</span></div>
        <h1 dir="auto">${campaignName(campaign)}</h1>
        <div class="row">${badge('campaign', campaign.state)}<a href=${href('release', campaign.release)}>${campaign.product} <span class="mono">${releaseName(campaign)}</span></a>
          ${campaign.author ? html`<span class="muted">${t('campaign.by', { author: campaign.author })}</span>` : nothing}
          ${campaign.createdAt ? html`<span class="muted">${ago(campaign.createdAt)}</span>` : nothing}</div>
        ${nextLine(campaign)}
      </div>
      ${steps(campaign).length ? html`<div class="actionbar" role="toolbar" aria-label=${t('campaign.actions')}>
        ${steps(campaign).filter((step) => !ENDS.includes(step)).map((step, i) => this.#button(campaign, step, i ? '' : 'primary'))}
        ${steps(campaign).filter((step) => ENDS.includes(step)).map((step) => this.#button(campaign, step, 'danger right'))}
      </div>` : nothing}
      <div class="columns">
        <div class="stack">
          ${stagesCard(campaign, { chosen: Number(this.query.get('stage')), choose: (stage) => this.#choose({ stage }) })}
          ${notBegun(campaign) && may('firmware', 'release-approver') ? html`<ac-campaign-preview .release=${campaign.release} .target=${campaign.target}></ac-campaign-preview>` : nothing}
          ${campaign.startedAt ? html`<ac-campaign-health .campaignId=${campaign.id} .beat=${this.beat} .over=${OVER.includes(campaign.state)} @looked=${(event) => (this.looks = event.detail)}></ac-campaign-health>
            <ac-campaign-failures .campaignId=${campaign.id} .beat=${this.beat} .chosen=${this.query.get('error') ?? ''} @chosen=${(event) => this.#choose({ error: event.detail, state: null })}></ac-campaign-failures>` : nothing}
          ${timelineCard(campaign, this.looks)}
        </div>
        <div class="stack">${factsCard(campaign)}${planCard(campaign)}${gateCard(campaign)}</div>
      </div>
      <div class="stack below">
        <ac-fixes quiet of=${`/campaigns/${encodeURIComponent(campaign.id)}`} .beat=${this.beat}></ac-fixes>
        ${notBegun(campaign) ? nothing : html`<ac-campaign-devices .campaign=${campaign} .beat=${this.beat} .query=${this.query} @chosen=${(event) => this.#choose(event.detail)}></ac-campaign-devices>`}
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-campaign', Campaign);
