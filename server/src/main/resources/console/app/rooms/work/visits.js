import { html } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { hour, weekday } from '../../core/format.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { dayOf } from './board-shape.js';
import './looks.js';

const GATHER_MS = 500;
const UNDER_WAY = ['en-route', 'on-site', 'repairing', 'testing'];

function visit(one) {
  return html`<li><a class="visit ${UNDER_WAY.includes(one.state) ? 'now' : ''}" href=${href('order', one.number)}>
    <span class="row nowrap"><strong>${one.slot ? `${hour(one.slot.start)}–${hour(one.slot.end)}` : '–'}</strong><span class="right">${badge('orderState', one.state)}</span></span>
    <span class="task" dir="auto">${one.task}</span>
    <span class="row muted small"><span class="mono">${one.number}</span><span>${one.model}</span><span>${one.region}</span><span>${term('orderType', one.type)}</span>${one.confirmedAt ? html`<span class="tone-good row nowrap">${icon('check')}${t('board.confirmed')}</span>` : ''}</span>
  </a></li>`;
}

/** My orders, by day: what an engineer looks at on the way. */
class Visits extends View {
  #orders = new Load(this, async (signal) => (await api.get('/work-orders?state=open&engineer=me&limit=500', { signal })).items);
  /** The engineer's own entry; who is none may look on. */
  #me = new Load(this, async (signal) => (await api.get('/engineers?limit=500', { signal })).items.find((one) => one.name === user.username) ?? null);
  #reload = gather(() => this.#orders.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name) => ['reset', 'work-order.changed'].includes(name) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.#orders.restart();
    this.#me.restart();
  }

  updated() {
    title(t('nav.visits'));
  }

  #days(orders) {
    const days = new Map();
    for (const one of orders.toSorted((a, b) => (a.slot?.start ?? '').localeCompare(b.slot?.start ?? ''))) {
      const day = UNDER_WAY.includes(one.state) ? '' : one.slot ? dayOf(one.slot.start) : '–';
      days.set(day, [...(days.get(day) ?? []), one]);
    }
    return [...days].sort(([a], [b]) => a.localeCompare(b));
  }

  #heading(day) {
    if (day === '') return t('visits.now');
    if (day === dayOf(Date.now())) return t('board.today');
    return day === '–' ? t('visits.someday') : weekday(`${day}T12:00:00`);
  }

  async #toggle(me) {
    const off = me.state !== 'off';
    await run(() => api.patch(`/engineers/${encodeURIComponent(me.name)}`, { off }, { etag: `"${me.version}"` }), t(off ? 'visits.off.done' : 'visits.on.done'));
    await this.#me.run();
  }

  #presence(me) {
    if (!me) return '';
    const off = me.state === 'off';
    return html`<button data-do="off" aria-pressed=${String(off)} @click=${() => this.#toggle(me)}>${icon(off ? 'check' : 'off')}${t(off ? 'visits.on' : 'visits.off')}</button>`;
  }

  render() {
    return html`<div class="page visits"><header class="head"><h1>${t('nav.visits')}</h1>${this.#presence(this.#me.value)}</header>
      ${show(this.#orders, (orders) => (orders.length ? html`${this.#days(orders).map(([day, all]) => html`<h2>${this.#heading(day)} <span class="muted">${all.length}</span></h2><ul class="stack">${all.map(visit)}</ul>`)}`
        : html`<section class="card">${empty('phone', t('visits.empty'), t('visits.empty.next'))}</section>`))}
    </div>`;
  }
}

customElements.define('ac-visits', Visits);
