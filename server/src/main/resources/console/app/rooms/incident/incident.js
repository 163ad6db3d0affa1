import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { facts } from '../../ui/facts.js';
import { show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';

const GATHER_MS = 500;

function membersCard(members) {
  return html`<section class="card"><header><h2>${t('incident.members')}</h2></header>
    <div class="scroll-x"><table class="list">
      <thead><tr>${['device', 'firmware', 'fault', 'severity', 'ticket', 'joined'].map((head) => html`<th scope="col">${t(`incident.${head}`)}</th>`)}</tr></thead>
      <tbody>${members.map((one) => html`<tr>
        <td class="nowrap"><a class="mono" href=${href('device', one.device)}>${one.device}</a></td>
        <td class="mono">${one.firmware || '–'}</td>
        <td>${badge('fault', one.state)}</td>
        <td>${badge('severity', one.severity)}</td>
        <td>${one.ticket ? html`<a class="mono" href=${href('tickets', one.ticket)}>${one.ticket}</a>` : '–'}</td>
        <td class="nowrap">${ago(one.joinedAt)}</td>
      </tr>`)}</tbody>
    </table></div></section>`;
}

function factsCard(incident) {
  return html`<section class="card"><header><h2>${t('incident.facts')}</h2></header><div class="body">${facts([
    [t('incident.code'), html`<span class="mono">${incident.code}</span>`],
    [t('incident.model'), incident.model],
    [t('incident.suspect'), incident.suspect && html`${term('dimension', incident.suspect.dimension)} <span class="mono">${incident.suspect.value}</span>`],
    [t('incident.owner'), incident.owner],
    [t('incident.opened'), at(incident.openedAt)],
    [t('incident.resolved'), incident.resolvedAt && at(incident.resolvedAt)],
    [t('incident.mergedwith'), incident.mergedInto && html`<a class="mono" href=${href('incident', incident.mergedInto)}>${incident.mergedInto}</a>`],
  ])}</div></section>`;
}

/** One incident: what is suspected with its numbers, whom it concerns, and their cases. */
class Incident extends View {
  static properties = { incidentId: {} };
  #incident = new Load(this, (signal) => api.get(`/incidents/${encodeURIComponent(this.incidentId)}`, { signal }));
  #reload = gather(() => this.#incident.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'incident.changed' && String(data.id) === this.incidentId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.incidents', run: () => go('incidents') }]));
    this.#incident.restart();
  }

  updated() {
    title(this.#incident.value?.title ?? t('nav.incidents'));
  }

  render() {
    return html`<div class="page">${show(this.#incident, (incident) => html`
      <div class="headline">
        <div class="crumb"><a href=${href('incidents')}>${t('nav.incidents')}</a> / <span class="mono">${incident.id}</span></div>
        <h1>${incident.title}</h1>
        <div class="row">${badge('incident', incident.state)}<span>${t('incident.ill', { open: incident.openMembers, all: incident.members.length })}</span><span class="muted">${ago(incident.openedAt)}</span></div>
        ${incident.text ? html`<p>${incident.text}</p>` : nothing}
      </div>
      <div class="columns">
        <div class="stack">${membersCard(incident.members)}</div>
        <div class="stack">${factsCard(incident)}</div>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-incident', Incident);
