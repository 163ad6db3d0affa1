import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { percent } from '../../core/format.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { progress } from '../../ui/progress.js';
import { empty } from '../../ui/states.js';
import { campaignDialog } from './campaign-new.js';
import { releaseName, tally } from './campaign-shape.js';

/** Every firmware campaign and how far it is. */
class Campaigns extends ListPage {
  path = '/campaigns';
  events = ['campaign.changed', 'deployment.changed'];
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('campaign', id), name: 'campaigns' });

  heading() {
    return t('nav.campaigns');
  }

  tools() {
    return html`<button class="primary" @click=${() => campaignDialog()}>${icon('plus')}${t('campaign.new')}</button>`;
  }

  nothing() {
    return empty('campaign', t('campaigns.empty'), t('campaigns.empty.next'));
  }

  #row(one) {
    const { total, confirmed, failed, moving } = tally(one);
    const words = t('campaign.progress', { confirmed, total, failed });
    return html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('campaign', one.id))}>
      <td class="wide"><a class="title" href=${href('campaign', one.id)}>${one.name ?? one.id}</a></td>
      <td class="mono">${releaseName(one)}</td>
      <td>${badge('campaign', one.state)}</td>
      <td class="meter">${progress([['confirmed', confirmed], ['failed', failed], ['moving', moving]], total, words)}</td>
      <td class="num nowrap">${percent(confirmed, total)}<div class="muted small">${words}</div></td>
      <td class="nowrap">${one.author ?? '–'}</td>
    </tr>`;
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list">
      <thead><tr>${['name', 'release', 'state', 'devices'].map((head) => html`<th scope="col">${t(`campaign.${head}`)}</th>`)}<th scope="col" class="num">${t('campaign.done')}</th><th scope="col">${t('campaign.author')}</th></tr></thead>
      <tbody>${repeat(items, (one) => one.id, (one) => this.#row(one))}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-campaigns', Campaigns);
