import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { cells, table } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { complain } from '../../ui/toast.js';
import { cancelDialog, retryDialog } from './campaign-device.js';
import { told } from './told.js';

const PAGE = 100;
const OVER = ['finished', 'aborted'];

/** Whether a device is at work on it and has said how far it is. */
const underway = (one) => one.outcome == null && one.progress > 0;

/** The devices of a campaign by their state; a new `beat` reads them again. */
class CampaignDevices extends View {
  static properties = { campaign: { attribute: false }, beat: {}, query: { attribute: false } };
  #devices = new Load(this, (signal) => this.#fetch(undefined, signal));

  willUpdate(changed) {
    if (changed.has('query')) this.#devices.restart();
    else if (changed.has('beat')) this.#devices.run();
  }

  #chosen() {
    return Object.fromEntries(['state', 'stage', 'error'].map((name) => [name, this.query?.get(name) ?? undefined]));
  }

  async #fetch(cursor, signal) {
    const answer = await api.get(withQuery(`/campaigns/${encodeURIComponent(this.campaign.id)}/devices`, { ...this.#chosen(), limit: PAGE, cursor }), { signal });
    return { items: answer.items ?? [], next: answer.next };
  }

  async #more() {
    try {
      const { items, next } = await this.#fetch(this.#devices.value.next);
      this.#devices.value = { items: [...this.#devices.value.items, ...items], next };
      this.requestUpdate();
    } catch (failure) {
      complain(failure);
    }
  }

  #acts() {
    return may('firmware', 'release-approver') && this.campaign.state !== 'finished';
  }

  /** What can be done with one device: given up while it is open, tried again once it was tried, unless it has succeeded or the campaign is over. */
  #steps(one) {
    const open = one.outcome == null;
    const over = OVER.includes(this.campaign.state);
    const again = open ? one.state === 'pending' && one.attempts > 0 : one.outcome !== 'success';
    const done = () => this.#devices.run();
    return html`${again && !over ? html`<button class="plain" data-do="retry" aria-label=${t('deployment.retry.of', { device: one.device })} @click=${() => retryDialog(this.campaign, one, done)}>${t('deployment.retry')}</button>` : nothing}
      ${open ? html`<button class="plain" data-do="cancel" aria-label=${t('deployment.cancel.of', { device: one.device })} @click=${() => cancelDialog(this.campaign, one, done)}>${t('deployment.cancel')}</button>` : nothing}`;
  }

  #filter(change) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: change }));
  }

  /** What the list is narrowed to, each with the way out of it. */
  #narrowed() {
    const { stage, error } = this.#chosen();
    const chip = (words, change) => html`<button class="chip" @click=${() => this.#filter(change)}><span class="cut">${words}</span>${icon('close')}<span class="unseen">${t('campaign.filter.drop')}</span></button>`;
    return html`${stage ? chip(t('campaign.stage', { n: stage }), { stage: null }) : nothing}${error ? chip(this.#devices.value?.items[0] ? told(this.#devices.value.items[0].why, error) : error, { error: null }) : nothing}`;
  }

  /** Why; where the campaign's own end is the reason, that stands once, with the campaign. */
  #error({ state, error, why }) {
    const said = state === 'cancelled' && error && this.campaign.reason?.startsWith(error);
    return said ? html`<span class="muted">${t('campaign.withit')}</span>` : told(why, error);
  }

  /** The columns that tell something of these devices. */
  #columns(items) {
    return [
      ['device.id', (one) => html`<a class="mono" href=${href('device', one.device)}>${one.device}</a>`],
      ['campaign.state', (one) => badge('deployment', one.state)],
      ['campaign.stageNo', (one) => one.stage],
      ['device.firmware', (one) => one.firmware || '–', 'mono'],
      items.some(underway) ? ['campaign.done', (one) => (underway(one) ? `${number(one.progress)} %` : ''), 'num'] : null,
      items.some((one) => one.error) ? ['campaign.error', (one) => this.#error(one), 'wide'] : null,
      ['campaign.changed', (one) => ago(one.changedAt), 'nowrap muted'],
      this.#acts() ? [null, (one) => this.#steps(one), 'nowrap'] : null,
    ].filter(Boolean);
  }

  render() {
    const chosen = this.#chosen().state;
    const counts = Object.entries(this.campaign.counts ?? {}).filter(([, count]) => count > 0);
    return html`<section class="card">
      <header><h2>${t('campaign.devices')}</h2>${this.#narrowed()}</header>
      ${counts.length ? html`<div class="body counts">${counts.map(([state, count]) => html`<button aria-pressed=${String(state === chosen)} @click=${() => this.#filter({ state: state === chosen ? null : state })}><b>${number(count)}</b><span class="muted small">${term('deployment', state)}</span></button>`)}</div>` : nothing}
      ${show(this.#devices, (answer) => {
        const { items, next } = answer;
        if (!items.length) return empty('device', t('campaign.devices.empty'), t('campaign.devices.next'));
        const columns = this.#columns(items);
        return html`${table(columns, repeat(items, (one) => one.device, (one) => html`<tr>${cells(columns, one)}</tr>`), { caption: t('campaign.devices') })}${next ? html`<div class="more"><button @click=${() => this.#more()}>${t('action.more')}</button></div>` : nothing}`;
      })}
    </section>`;
  }
}

customElements.define('ac-campaign-devices', CampaignDevices);
