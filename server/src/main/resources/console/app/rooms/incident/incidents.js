import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';

/** Faults of many devices that are one thing, the newest first. */
class Incidents extends ListPage {
  path = '/incidents';
  events = ['incident.changed'];
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('incident', id), name: 'incidents' });

  heading() {
    return t('nav.incidents');
  }

  nothing() {
    return empty('bolt', t('incidents.empty'), t('incidents.empty.next'));
  }

  #row(one) {
    return html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('incident', one.id))}>
      <td class="mono nowrap">${one.id}</td>
      <td>${badge('incident', one.state)}</td>
      <td class="wide"><a class="title" href=${href('incident', one.id)}>${one.title}</a><div class="muted small">${one.text}</div></td>
      <td class="num nowrap">${t('incident.ill', { open: one.openMembers, all: one.members })}</td>
      <td class="nowrap">${ago(one.openedAt)}</td>
    </tr>`;
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list">
      <thead><tr>${['id', 'state', 'title'].map((head) => html`<th scope="col">${t(`incident.${head}`)}</th>`)}<th scope="col" class="num">${t('incident.members')}</th><th scope="col">${t('incident.opened')}</th></tr></thead>
      <tbody>${repeat(items, (one) => one.id, (one) => this.#row(one))}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-incidents', Incidents);
