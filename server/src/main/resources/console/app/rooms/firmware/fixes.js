import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { empty, show } from '../../ui/states.js';

const PAGE = 100;

/** The devices, faults and tickets that a release or a campaign fixes: `of` is its path. A new `beat` reads them again. */
class Fixes extends View {
  static properties = { of: {}, beat: {}, quiet: { type: Boolean } };
  #fixes = new Load(this, (signal) => api.get(withQuery(`${this.of}/fixes`, { limit: PAGE }), { signal }));

  willUpdate(changed) {
    if (changed.has('of')) this.#fixes.restart();
    else if (changed.has('beat')) this.#fixes.run();
  }

  #row(one) {
    return html`<tr>
      <td><a class="mono" href=${href('device', one.device)}>${one.device}</a></td>
      <td>${one.tickets.length ? one.tickets.map((ticket) => html`<span class="row nowrap"><a class="mono" href=${href('tickets', ticket.id)}>${ticket.number}</a> ${badge('ticket', ticket.state)}</span>`) : '–'}</td>
      <td>${badge('fix', one.state)}</td>
      <td>${one.campaign ? html`<a class="mono" href=${href('campaign', one.campaign)}>${one.campaign}</a>${one.stage ? html`<div class="sub">${t('campaign.stage', { n: one.stage })}</div>` : nothing}` : '–'}</td>
      <td class="wide">${one.reason}</td>
    </tr>`;
  }

  render() {
    const items = this.#fixes.value?.items;
    if (this.quiet && !items?.length) return nothing;
    return html`<section class="card">
      <header><h2>${t('fixes.title')}</h2></header>
      ${show(this.#fixes, () => (items?.length ? html`<div class="scroll-x" tabindex="0"><table class="list">
        <thead><tr><th scope="col">${t('device.id')}</th><th scope="col">${t('fixes.tickets')}</th><th scope="col">${t('campaign.state')}</th><th scope="col">${t('fix.campaign')}</th><th scope="col">${t('campaign.reason')}</th></tr></thead>
        <tbody>${items.map((one) => this.#row(one))}</tbody>
      </table></div>` : empty('device', t('fixes.empty'), t('fixes.empty.next'))))}
    </section>`;
  }
}

customElements.define('ac-fixes', Fixes);
