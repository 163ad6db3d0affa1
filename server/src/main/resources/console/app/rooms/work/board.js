import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { weekday } from '../../core/format.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { bind } from '../../core/keys.js';
import { go, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { icon } from '../../ui/icons.js';
import { Cursor } from '../../ui/list.js';
import { empty, show } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { dayAfter, dayOf, daysFrom, midnight, nextStart } from './board-shape.js';
import { dayLanes, weekGrid } from './board-lanes.js';
import { queueCards } from './board-queue.js';
import { appointmentDialog } from './appointment.js';
import { dispatchDrawer } from './dispatch.js';
import { orderDialog } from './order-new.js';
import './looks.js';

const GATHER_MS = 300;
const WEEK = 7;
const EVENTS = ['reset', 'work-order.changed', 'ticket.changed'];

/** Who goes where and when: what nobody has yet on top, below it everybody's days. Orders are dropped on a time, or sent with a key. */
class Board extends View {
  static properties = { query: { attribute: false } };
  #board = new Load(this, (signal) => this.#fetch(signal));
  #reload = gather(() => this.#again(), GATHER_MS);
  #regions = [];
  #dragged = null;
  #cursor = new Cursor(this, { ids: () => this.#ids(), open: (id) => this.#open(id), name: 'board' });

  opened() {
    this.own(onEvent((name) => EVENTS.includes(name) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([
      { key: 'd', label: 'key.dispatch', run: () => this.#dispatch(this.#cursor.id) },
      { key: 'a', label: 'key.appointment', run: () => this.#appoint(this.#cursor.id) },
      { key: 'ArrowLeft', label: 'key.earlier', run: () => this.#turn(-1) },
      { key: 'ArrowRight', label: 'key.later', run: () => this.#turn(1) },
      { key: 't', label: 'key.today', run: () => this.#set({ day: '' }) },
    ]));
    this.#board.restart();
  }

  get #day() {
    return /^\d{4}-\d{2}-\d{2}$/.test(this.query.day) ? this.query.day : dayOf(Date.now());
  }

  get #span() {
    return this.query.view === 'week' ? WEEK : 1;
  }

  async #fetch(signal) {
    const from = midnight(this.#day).toISOString();
    const to = midnight(dayAfter(this.#day, this.#span)).toISOString();
    const board = await api.get(withQuery('/dispatch-board', { from, to, region: this.query.region }), { signal });
    this.#regions = [...new Set([...this.#regions, ...board.engineers.map((one) => one.region), ...board.drafts.map((one) => one.region)])].filter(Boolean).sort();
    return board;
  }

  /** Reads the board anew, and says who took an order or gave it back meanwhile. */
  async #again() {
    const before = this.#slots();
    await this.#board.run();
    const after = new Map(this.#slots().map((one) => [one.number, one]));
    for (const one of before) {
      const now = after.get(one.number);
      if (one.state === 'dispatched' && now?.state === 'accepted') say(t('board.accepted', { engineer: one.engineer, number: one.number }));
      if (!now && this.#board.value.drafts.some((draft) => draft.number === one.number)) say(t('board.givenback', { engineer: one.engineer, number: one.number }));
    }
  }

  #slots() {
    return (this.#board.value?.engineers ?? []).flatMap((one) => one.slots.map((slot) => ({ ...slot, engineer: one.name })));
  }

  /** Cases, drafts and booked orders, in the order in which they are seen. */
  #ids() {
    const { waiting = [], drafts = [] } = this.#board.value ?? {};
    return [...waiting.map((one) => one.number), ...drafts.map((one) => one.number), ...this.#slots().map((one) => one.number)];
  }

  #open(id) {
    go(id.startsWith('T-') ? 'tickets' : 'order', id);
  }

  #set(change) {
    this.query = { ...this.query, ...change };
    stay('dispatch-board', null, this.query);
  }

  willUpdate(changed) {
    if (this.hasUpdated && changed.has('query')) this.#board.run();
  }

  #turn(way) {
    this.#set({ day: dayAfter(this.#day, way * this.#span) });
  }

  async #dispatch(id, at = {}) {
    const waits = this.#board.value?.waiting.find((one) => one.number === id);
    if (waits) return orderDialog(waits.number, () => this.#again());
    const draft = this.#board.value?.drafts.find((one) => one.number === id);
    if (!draft) return undefined;
    return dispatchDrawer(draft, { start: at.start ?? nextStart(at.day ?? this.#day), engineer: at.engineer, done: () => this.#again() });
  }

  #appoint(id, at = {}) {
    const slot = this.#slots().find((one) => one.number === id);
    if (slot?.state === 'accepted') appointmentDialog(slot, { start: at.start, done: () => this.#again() });
    else if (slot) say(t('board.notaccepted', { number: slot.number, state: term('orderState', slot.state) }));
  }

  /** What was dragged came down on somebody's time: a draft is sent there, one's own order is moved. */
  #drop(engineer, day, start) {
    const dragged = this.#dragged;
    this.#dragged = null;
    const slot = this.#slots().find((one) => one.number === dragged);
    if (!slot) return this.#dispatch(dragged, { engineer, day, start });
    if (slot.engineer === engineer) return this.#appoint(dragged, { start: start ?? nextStart(day) });
    return say(t('board.others', { engineer: slot.engineer }));
  }

  updated() {
    title(t('nav.dispatch-board'));
  }

  #tools() {
    const week = this.#span === WEEK;
    return html`<div class="row">
      <select class="slim" aria-label=${t('order.region')} @change=${(event) => this.#set({ region: event.target.value })}>
        <option value="">${t('board.everywhere')}</option>
        ${this.#regions.map((one) => html`<option value=${one} ?selected=${one === this.query.region}>${one}</option>`)}
      </select>
      <div class="tabs"><button aria-pressed=${!week} @click=${() => this.#set({ view: '' })}>${t('board.day')}</button><button aria-pressed=${week} @click=${() => this.#set({ view: 'week' })}>${t('board.week')}</button></div>
      <div class="row nowrap">
        <button class="square" aria-label=${t('key.earlier')} title=${t('key.earlier')} @click=${() => this.#turn(-1)}>${icon('back')}</button>
        <button @click=${() => this.#set({ day: '' })}>${t('board.today')}</button>
        <button class="square turned" aria-label=${t('key.later')} title=${t('key.later')} @click=${() => this.#turn(1)}>${icon('back')}</button>
        <strong class="nowrap">${weekday(midnight(this.#day))}${week ? ` – ${weekday(midnight(dayAfter(this.#day, WEEK - 1)))}` : nothing}</strong>
      </div>
    </div>`;
  }

  render() {
    const hand = {
      mark: (id) => this.#cursor.mark(id), drag: (id) => (this.#dragged = id), drop: (...where) => this.#drop(...where), dispatch: (id) => this.#dispatch(id),
      open: (id) => this.#open(id), may: may('coordinator'), day: this.#day,
    };
    return html`<div class="page board">
      <header class="head"><h1>${t('nav.dispatch-board')}</h1>${this.#tools()}</header>
      ${show(this.#board, (board) => html`
        ${queueCards(board, hand)}
        ${board.engineers.length ? html`<section class="card lanes">${this.#span === WEEK ? weekGrid(board.engineers, daysFrom(this.#day, WEEK), hand) : dayLanes(board.engineers, this.#day, hand)}</section>`
          : html`<section class="card">${empty('people', t('board.nobody'), t('board.nobody.next'))}</section>`}`)}
    </div>`;
  }
}

customElements.define('ac-board', Board);
