import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { View } from '../core/view.js';
import { api, withQuery } from '../core/api.js';
import { Load } from '../core/load.js';
import { href } from '../core/router.js';
import { number } from '../core/format.js';
import { t, term } from '../core/i18n.js';
import { badge } from '../ui/badges.js';
import { empty, show } from '../ui/states.js';
import { ago } from '../ui/time.js';

const PAGE = 100;

/** The devices of a campaign by their state; a new `beat` reads them again. */
class CampaignDevices extends View {
  static properties = { campaign: { attribute: false }, beat: {}, state: { state: true } };
  state = '';
  #devices = new Load(this, (signal) => api.get(withQuery(`/campaigns/${encodeURIComponent(this.campaign.id)}/devices`, { state: this.state, limit: PAGE }), { signal }));

  willUpdate(changed) {
    if (changed.has('state')) this.#devices.restart();
    else if (changed.has('beat')) this.#devices.run();
  }

  #filter(state) {
    this.state = this.state === state ? '' : state;
  }

  #row(one) {
    return html`<tr>
      <td><a class="mono" href=${href('device', one.device ?? one.id)}>${one.device ?? one.id}</a></td>
      <td>${badge('deployment', one.state)}</td>
      <td class="num">${typeof one.progress === 'number' && one.progress > 0 && one.outcome == null ? `${number(one.progress)} %` : ''}</td>
      <td class="wide">${one.error ?? ''}</td>
      <td class="muted">${ago(one.changedAt)}</td>
    </tr>`;
  }

  render() {
    const counts = Object.entries(this.campaign.counts ?? {}).filter(([, count]) => count > 0);
    return html`<section class="card">
      <header><h2>${t('campaign.devices')}</h2></header>
      ${counts.length ? html`<div class="body counts">${counts.map(([state, count]) => html`<button aria-pressed=${state === this.state} @click=${() => this.#filter(state)}><b>${number(count)}</b><span class="muted small">${term('deployment', state)}</span></button>`)}</div>` : nothing}
      ${show(this.#devices, (answer) => {
        const items = Array.isArray(answer) ? answer : (answer.items ?? []);
        if (!items.length) return empty('device', t('campaign.devices.empty'), t('campaign.devices.next'));
        return html`<div class="scroll-x"><table class="list">
          <thead><tr><th scope="col">${t('device.id')}</th><th scope="col">${t('campaign.state')}</th><th scope="col" class="num">${t('campaign.done')}</th><th scope="col">${t('campaign.error')}</th><th scope="col">${t('campaign.changed')}</th></tr></thead>
          <tbody>${repeat(items, (one) => one.device ?? one.id, (one) => this.#row(one))}</tbody>
        </table></div>`;
      })}
    </section>`;
  }
}

customElements.define('ac-campaign-devices', CampaignDevices);
