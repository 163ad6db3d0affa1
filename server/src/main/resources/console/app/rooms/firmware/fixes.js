import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { told } from './told.js';

const PAGE = 100;

/** The devices, faults and tickets that a release or a campaign fixes: `of` is its path. A new `beat` reads them again. */
class Fixes extends View {
  static properties = { of: {}, beat: {}, quiet: { type: Boolean } };
  #fixes = new Load(this, (signal) => api.get(withQuery(`${this.of}/fixes`, { limit: PAGE }), { signal }));

  willUpdate(changed) {
    if (changed.has('of')) this.#fixes.restart();
    else if (changed.has('beat')) this.#fixes.run();
  }

  /** The columns that tell something: on a campaign's own page it is not named again. */
  #columns(items) {
    const stage = (one) => (one.stage ? t('campaign.stage', { n: one.stage }) : '–');
    return [
      ['device.id', (one) => html`<a class="mono" href=${href('device', one.device)}>${one.device}</a>`],
      ['fixes.tickets', (one) => (one.tickets.length ? one.tickets.map((ticket) => html`<span class="row nowrap"><a class="mono" href=${href('tickets', ticket.id)}>${ticket.number}</a> ${badge('ticket', ticket.state)}</span>`) : '–')],
      ['campaign.state', (one) => badge('fix', one.state)],
      this.quiet ? ['campaign.stageNo', stage, 'nowrap'] : ['fix.campaign', (one) => (one.campaign ? html`<a class="mono" href=${href('campaign', one.campaign)}>${one.campaign}</a> <span class="muted small">${one.stage ? stage(one) : ''}</span>` : '–'), 'nowrap'],
      items.some((one) => one.reason) ? ['campaign.reason', (one) => told(one.why, one.reason), 'wide'] : null,
    ].filter(Boolean);
  }

  render() {
    const items = this.#fixes.value?.items;
    if (this.quiet && !items?.length) return nothing;
    return html`<section class="card">
      <header><h2>${t('fixes.title')}</h2></header>
      ${show(this.#fixes, () => (items?.length ? plainTable(this.#columns(items), items, { caption: t('fixes.title') }) : empty('device', t('fixes.empty'), t('fixes.empty.next'))))}
    </section>`;
  }
}

customElements.define('ac-fixes', Fixes);
