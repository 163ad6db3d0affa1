import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { bytes, day } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';
import { artifactsCard, campaignsCard, runningCard, symbolsCard } from './release-parts.js';
import { withdrawDialog } from './release-withdraw.js';
import './fixes.js';

const GATHER_MS = 1_000;
const AROUND = 30;
const EVENTS = ['reset', 'campaign.changed', 'deployment.changed', 'ticket.changed'];

/** One release: what was signed, and which devices, faults and tickets it fixes. */
class Release extends View {
  static properties = { releaseId: {}, beat: { state: true } };
  beat = 0;
  #release = new Load(this, (signal) => this.#read(signal));
  #around = new Load(this, (signal) => this.#readAround(signal));
  #known = null;
  #reload = gather(() => this.#again(), GATHER_MS);

  opened() {
    this.own(onEvent((name) => EVENTS.includes(name) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.releases', run: () => go('releases') }]));
    this.#release.restart();
  }

  async #read(signal) {
    const release = await api.get(`/releases/${encodeURIComponent(this.releaseId)}`, { signal });
    this.#known = release;
    this.#around.run();
    return release;
  }

  /** What stands beside a release: its campaigns, the devices that run it, and its symbols for those who may see them. */
  async #readAround(signal) {
    const { id, product, version } = this.#known;
    const [campaigns, devices, symbols] = await Promise.all([
      api.get(withQuery('/campaigns', { release: id, limit: AROUND }), { signal }),
      api.get(withQuery('/devices', { model: product, firmware: version, limit: AROUND }), { signal }),
      may('engineer', 'quality', 'firmware', 'release-approver', 'auditor') ? api.get(withQuery('/symbols', { product, firmware: version, limit: AROUND }), { signal }) : null,
    ]);
    return { campaigns: campaigns.items, devices, symbols: symbols?.items };
  }

  async #again() {
    this.beat += 1;
    await this.#release.run();
  }

  updated() {
    const one = this.#release.value;
    title(one ? `${one.product} ${one.version}` : t('nav.releases'));
  }

  render() {
    return html`<div class="page">${show(this.#release, (one) => html`
      <div class="headline">
        <div class="crumb"><a href=${href('releases')}>${t('nav.releases')}</a> / <span class="mono">${one.id}</span></div>
        <h1>${one.product} <span class="mono">${one.version}</span></h1>
        <div class="row muted">${one.withdrawal ? badge('releaseState', 'withdrawn') : nothing}${one.fixing?.devices ? t('release.for', one.fixing) : nothing}</div>
      </div>
      ${one.withdrawal || !may('firmware', 'release-approver') ? nothing : html`<div class="actionbar" role="toolbar" aria-label=${t('release.actions')}>
        ${may('firmware') ? html`<a class="button" data-do="campaign" href=${href('campaign-new', null, { release: one.id })}>${icon('campaign')}${t('campaign.new')}</a>` : nothing}
        <button data-do="withdraw" class="danger right" @click=${() => withdrawDialog(one, () => this.#again())}>${t('release.withdraw')}</button>
      </div>`}
      <div class="columns">
        <div class="stack">${artifactsCard(one)}${show(this.#around, ({ campaigns, devices }) => html`${campaignsCard(campaigns)}${runningCard(one, devices)}`)}</div>
        <div class="stack">${this.#facts(one)}${this.#around.value?.symbols ? symbolsCard(one, this.#around.value.symbols, () => this.#around.run()) : nothing}</div>
      </div>
      <ac-fixes class="below" of=${`/releases/${encodeURIComponent(one.id)}`} .beat=${this.beat}></ac-fixes>`)}
    </div>`;
  }

  #facts(one) {
    return html`<section class="card">
          <header><h2>${t('campaign.facts')}</h2></header>
          <div class="body">${facts([
            [t('release.counter'), one.counter],
            [t('release.size'), bytes(one.size)],
            [t('release.fixes'), one.fixes?.join(', ')],
            [t('release.signed'), html`<span class="mono">${one.key}</span>`],
            [t('release.published'), html`${ago(one.uploadedAt)}, ${one.uploadedBy}`],
            [t('release.expires'), one.expires && day(one.expires)],
            [t('release.hardware'), one.hardware?.join(', ')],
            [t('release.minFrom'), one.minFrom],
            [t('release.revertTo'), one.revertTo],
            [t('release.withdrawn'), one.withdrawal && html`${at(one.withdrawal.at)}, ${one.withdrawal.by}`],
            [t('campaign.reason'), one.withdrawal?.reason],
          ])}</div>
        </section>`;
  }
}

customElements.define('ac-release', Release);
