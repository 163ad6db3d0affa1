import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { empty, show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { DeviceTab } from './device-tab.js';
import { groupsTable, said } from './crash-parts.js';

/** The crashes of a device, and the groups that they belong to. */
class DeviceCrashes extends DeviceTab {
  #crashes = this.part('/crashes?limit=100', (answer) => answer.items ?? []);
  #groups = this.whole(async (signal) => (await api.get(`/crash-groups?device=${encodeURIComponent(this.device.id)}&limit=100`, { signal })).items ?? []);

  #row(one) {
    return html`<tr><td class="nowrap"><a href=${href('crash', one.id)}>${ago(one.at)}</a></td><td class="mono">${one.process ?? '–'}</td>
      <td class="wide" dir="auto">${said(one)}</td><td class="mono">${one.firmware ?? '–'}</td>
      <td>${badge('crash', one.state)}</td><td>${one.dump?.state && one.dump.state !== 'none' ? badge('dump', one.dump.state) : '–'}</td></tr>`;
  }

  render() {
    return html`<div class="stack">
      ${show(this.#groups, (groups) => (groups.length ? card(t('crash.groups'), groupsTable(groups), { flush: true }) : nothing))}
      ${show(this.#crashes, (items) => card(t('crash.all'), items.length
        ? html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr>${['at', 'process', 'reason', 'firmware', 'state', 'dump'].map((head) => html`<th scope="col">${t(`crash.${head}`)}</th>`)}</tr></thead><tbody>${items.map((one) => this.#row(one))}</tbody></table></div>`
        : empty('check', t('crash.none'), t('crash.none.next')), { flush: true }))}</div>`;
  }
}

customElements.define('ac-device-crashes', DeviceCrashes);
