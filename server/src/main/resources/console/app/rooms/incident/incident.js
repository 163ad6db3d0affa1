import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number, percent } from '../../core/format.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago, at } from '../../ui/time.js';
import { actions } from './incident-actions.js';
import { grown } from './incident-shape.js';
import { findingOf, happened, nameOf } from './told.js';
import '../../chart/chart.js';
import '../../ui/timeline.js';
import { caseLink } from '../../ui/links.js';

const GATHER_MS = 500;

/** One incident: what is suspected with its numbers, how it grew, whom it concerns, their cases, and what is done. */
class Incident extends View {
  static properties = { incidentId: {} };
  #incident = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #reload = gather(() => this.#incident.run(), GATHER_MS);

  #path() {
    return `/incidents/${encodeURIComponent(this.incidentId)}`;
  }

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'incident.changed' && String(data.id) === this.incidentId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.incidents', run: () => go('incidents') }]));
    this.#incident.restart();
  }

  updated() {
    title(this.#incident.value ? nameOf(this.#incident.value) : t('nav.incidents'));
  }

  #takeOut(member) {
    return run(() => api.delete(`${this.#path()}/members/${encodeURIComponent(member.fault)}`).then(() => this.#incident.run()), t('incident.takenout', { device: member.device }),
      () => api.post(`${this.#path()}/members`, { faults: [member.fault] }).then(() => this.#incident.run()));
  }

  #members(members) {
    return card(t('incident.members'), plainTable([
      ['incident.device', (one) => html`<a class="mono" href=${href('device', one.device)}>${one.device}</a>`, 'nowrap'],
      ['incident.firmware', (one) => one.firmware || '–', 'mono'],
      ['incident.region', (one) => one.region || '–', 'nowrap'],
      ['incident.fault', (one) => badge('fault', one.state)],
      ['incident.severity', (one) => badge('severity', one.severity)],
      ['incident.ticket', (one) => (one.ticket ? caseLink(one.ticket) : '–')],
      ['incident.joined', (one) => html`${ago(one.joinedAt)} ${one.how === 'hand' ? html`<span class="muted small">${t('incident.byhand')}</span>` : nothing}`, 'nowrap'],
      ['', (one) => (may('coordinator', 'quality') ? html`<button class="plain" @click=${() => this.#takeOut(one)}>${t('incident.takeout')}<span class="unseen"> ${one.device}</span></button>` : nothing), 'num'],
    ], members, { caption: t('incident.members') }), { flush: true });
  }

  #groups({ groups = [], suspect }) {
    if (!groups.length) return nothing;
    const share = (part, whole, words) => html`<span class="row nowrap">${progress([['failed', part]], whole, words)}<span class="nowrap">${number(part)} / ${number(whole)}</span></span>`;
    return card(t('incident.compared'), plainTable([
      ['incident.group', (one) => html`${term('dimension', one.dimension)} <strong class="mono">${one.value}</strong>${suspect && one.dimension === suspect.dimension && one.value === suspect.value ? html` <span class="badge critical">${icon('alert')}${t('incident.suspected')}</span>` : nothing}`, 'nowrap'],
      ['incident.affected', (one) => share(one.affected, one.exposed, percent(one.affected, one.exposed)), 'meter'],
      ['incident.others', (one) => share(one.affectedOthers, one.exposedOthers, percent(one.affectedOthers, one.exposedOthers)), 'meter'],
      ['incident.odds', (one) => html`${number(one.odds)} ×<div class="muted small">${number(one.oddsLow)} – ${one.oddsHigh > 1e6 ? '∞' : number(one.oddsHigh)}</div>`, 'num nowrap'],
      ['incident.chance', (one) => (one.p < 0.0001 ? '< 0.01 %' : `${number(one.p * 100)} %`), 'num nowrap'],
    ], groups, { caption: t('incident.compared') }), { flush: true });
  }

  #trend(incident) {
    const { from, to, points } = grown(incident.members, incident.openedAt, incident.resolvedAt, Date.now());
    const marks = (incident.timeline ?? []).filter((one) => ['opened', 'resolved'].includes(one.kind)).map((one) => ({ at: Date.parse(one.at), kind: one.kind === 'opened' ? 'fault' : 'recovered' }));
    return html`<section class="card"><div class="body"><ac-chart class="low" .chart=${{ title: t('incident.trend'), unit: '', points, from, to, limits: {}, plainLimits: true, faults: [], marks }}></ac-chart></div></section>`;
  }

  #facts(incident) {
    return card(t('incident.facts'), facts([
      [t('incident.code'), html`<span class="mono">${incident.code}</span>`],
      [t('incident.model'), incident.model],
      [t('incident.suspect'), incident.suspect && html`${term('dimension', incident.suspect.dimension)} <span class="mono">${incident.suspect.value}</span>`],
      [t('incident.owner'), incident.owner ?? t('incident.nobody')],
      [t('incident.opened'), at(incident.openedAt)],
      [t('incident.resolvedAt'), incident.resolvedAt && at(incident.resolvedAt)],
      [t('incident.mergedwith'), incident.mergedInto && html`<a class="mono" href=${href('incident', incident.mergedInto)}>${incident.mergedInto}</a>`],
      [t('incident.tickets'), incident.tickets?.length ? html`<span class="row">${incident.tickets.map((one) => caseLink(one))}</span>` : null],
    ]));
  }

  render() {
    return html`<div class="page">${show(this.#incident, (incident) => html`
      <div class="headline">
        <div class="crumb"><a href=${href('incidents')}>${t('nav.incidents')}</a> / <span class="mono">${incident.id}</span></div>
        <h1 dir="auto">${nameOf(incident)}</h1>
        <div class="row">${badge('incident', incident.state)}<span>${t('incident.ill', { open: incident.openMembers, all: incident.members.length })}</span><span class="muted">${ago(incident.openedAt)}</span>
          ${incident.owner ? html`<span class="row">${icon('person')}${incident.owner === user.username ? t('incident.you') : incident.owner}</span>` : nothing}</div>
        <p dir="auto">${findingOf(incident)}</p>
      </div>
      ${actions(this.#path(), incident, () => this.#incident.run())}
      <div class="columns">
        <div class="stack">${this.#groups(incident)}${this.#trend(incident)}${this.#members(incident.members)}</div>
        <div class="stack">${this.#facts(incident)}<ac-timeline .entries=${happened(incident.timeline)}></ac-timeline></div>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-incident', Incident);
