import { html } from 'lit';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { findingOf, nameOf } from './told.js';

const STATES = ['live', 'open', 'monitoring', 'resolved', 'merged'];

/** Faults of many devices that are one thing, the newest first. */
class Incidents extends Register {
  route = 'incidents';
  path = '/incidents';
  icon = 'bolt';
  events = ['incident.changed'];

  open(one) {
    go('incident', one.id);
  }

  filters() {
    return [
      { name: 'state', label: t('incident.anystate'), options: STATES.map((one) => [one, one === 'live' ? t('incident.live') : term('incident', one)]) },
      { name: 'model', label: t('incident.model') },
      { name: 'code', label: t('incident.code') },
    ];
  }

  columns() {
    return [
      ['incident.state', (one) => badge('incident', one.state)],
      ['incident.title', (one) => html`<a class="title" dir="auto" href=${href('incident', one.id)}>${nameOf(one)}</a><div class="muted small" dir="auto">${findingOf(one)}</div>`, 'wide'],
      ['incident.model', (one) => one.model, 'nowrap'],
      ['incident.suspect', (one) => (one.suspect ? html`${term('dimension', one.suspect.dimension)} <span class="mono">${one.suspect.value}</span>` : '–'), 'nowrap'],
      ['incident.members', (one) => html`<b>${number(one.openMembers)}</b> <span class="muted">/ ${number(one.members)}</span>`, 'num nowrap'],
      ['incident.owner', (one) => one.owner ?? '–'],
      ['incident.opened', (one) => ago(one.openedAt), 'nowrap'],
    ];
  }
}

customElements.define('ac-incidents', Incidents);
