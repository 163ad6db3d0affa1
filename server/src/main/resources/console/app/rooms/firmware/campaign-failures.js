import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number, percent } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { told } from './told.js';

/** Why devices of a campaign failed, what befell most first; a click shows those devices (`chosen` with the error). A new `beat` reads it again. */
class CampaignFailures extends View {
  static properties = { campaignId: {}, beat: {}, chosen: {} };
  #failures = new Load(this, async (signal) => (await api.get(`/campaigns/${encodeURIComponent(this.campaignId)}/failures`, { signal })).items);

  willUpdate(changed) {
    if (changed.has('campaignId')) this.#failures.restart();
    else if (changed.has('beat')) this.#failures.run();
  }

  #choose(error) {
    this.dispatchEvent(new CustomEvent('chosen', { detail: error === this.chosen ? '' : error }));
  }

  #table(items) {
    const all = items.reduce((sum, one) => sum + one.devices, 0);
    return html`<section class="card"><header><h2>${t('failures.title')}</h2><span class="right muted">${t('campaign.count', { count: all })}</span></header>
      ${plainTable([
        ['failures.why', (one) => html`<button class="plain start" aria-pressed=${String(one.error === this.chosen)} title=${told(one.why, one.error)} @click=${() => this.#choose(one.error)}><span class="cut" dir="auto">${told(one.why, one.error) || t('failures.silent')}</span></button>`, 'wide'],
        ['campaign.state', (one) => badge('deployment', one.state)],
        ['campaign.devices', (one) => html`${number(one.devices)} <span class="muted small">${percent(one.devices, all)}</span>`, 'num nowrap'],
        ['failures.last', (one) => ago(one.last), 'nowrap muted'],
      ], items, { caption: t('failures.title') })}</section>`;
  }

  render() {
    return show(this.#failures, (items) => (items.length ? this.#table(items) : nothing));
  }
}

customElements.define('ac-campaign-failures', CampaignFailures);
