import { html, nothing } from 'lit';
import { api, withQuery } from '../../../core/api.js';
import { bind, bindChord } from '../../../core/keys.js';
import { onEvent } from '../../../core/live.js';
import { gather, Load } from '../../../core/load.js';
import { go, href, stay } from '../../../core/router.js';
import { may, user } from '../../../core/session.js';
import { t } from '../../../core/i18n.js';
import { Cursor } from '../../../ui/list.js';
import { ListPage } from '../../../ui/listpage.js';
import { icon } from '../../../ui/icons.js';
import { empty, show } from '../../../ui/states.js';
import { asked, FILTERS, merged, order, remember, VIEWS } from './views.js';
import { askAssign, askMerge, askPriority, askSnooze, askState, assign } from './acts.js';
import { bulkBar } from './bulkbar.js';
import { choices, filterBar } from './filters.js';
import { savedTab, savedViews, viewMenu } from './saved.js';
import { Selection } from './selection.js';
import { COLUMNS, head, row, USUAL } from './table.js';
import { newTicketDialog } from '../new.js';
import '../../../ui/search.js';

const PAGE = 100;
const GATHER_MS = 600;
const COUNT_AFTER_MS = 3_000;
const DESK = ['agent', 'engineer', 'coordinator'];

/** The work of the desk. Rows change in place as events come in; new ones wait behind a button, so nothing moves under the cursor. */
class Queue extends ListPage {
  static properties = { view: {}, address: { attribute: false } };
  path = '/tickets';
  #filters = {};
  #news = 0;
  #touched = new Map();
  #counts = new Load(this, (signal) => this.#count(signal));
  #saved = new Load(this, (signal) => savedViews(signal));
  #known = new Load(this, (signal) => choices(signal));
  #cursor = new Cursor(this, { ids: () => this.#ids(), open: (id) => go('tickets', id), name: 'queue', reveal: (index) => this.window.reveal(index) });
  #selection = new Selection(this, () => this.#ids());
  #catchUp = gather(() => this.#refresh(), GATHER_MS);
  #recount = gather(() => this.#counts.run(), COUNT_AFTER_MS);

  opened() {
    this.#take();
    super.opened();
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => [this.#catchUp, this.#recount].forEach((one) => one.cancel()));
    this.own(bind(this.#keys()));
    this.own(bindChord('a', () => this.#selection.all()));
    this.#saved.run().then(() => this.#counts.run());
    this.#known.run();
  }

  #keys() {
    const steps = VIEWS.concat(VIEWS);
    const step = (by) => go('queue', steps[VIEWS.indexOf(this.view) + (by < 0 ? VIEWS.length - 1 : by)]);
    const always = [
      { key: 'd', label: 'key.device', run: () => this.#one((one) => go('device', one.device)) },
      { key: '[', label: 'key.before', run: () => step(-1) }, { key: ']', label: 'key.after', run: () => step(1) },
      { key: 'Escape', label: 'key.unchoose', run: () => this.#selection.clear() },
    ];
    if (!may(...DESK)) return always;
    return [...always,
      { key: 'c', label: 'key.create', run: () => newTicketDialog() },
      { key: 'x', label: 'key.choose', run: () => this.#cursor.id && this.#selection.toggle(this.#cursor.id) },
      { key: 'i', label: 'key.mine', run: () => this.#act('mine') }, { key: 'a', label: 'key.assign', run: () => this.#act('assign') },
      { key: 's', label: 'key.state', run: () => this.#act('state') }, { key: 'p', label: 'key.priority', run: () => this.#act('priority') },
      { key: 'h', label: 'key.snooze', run: () => this.#act('snooze') }, { key: 'm', label: 'key.merge', run: () => this.#act('merge') },
      { key: 'r', label: 'key.reply', run: () => this.#one((one) => go('tickets', one.id, { do: 'reply' })) },
      { key: 'n', label: 'key.note', run: () => this.#one((one) => go('tickets', one.id, { do: 'note' })) },
    ];
  }

  heading() {
    return t('queue.title');
  }

  willUpdate(changed) {
    if (!changed.has('address') || !this.hasUpdated) return;
    this.#take();
    this.list.restart();
  }

  /** Takes up what the address asks for. */
  #take() {
    this.#filters = Object.fromEntries(this.address ?? []);
    this.#news = 0;
    this.#selection.clear();
    remember(this.view, this.#filters);
  }

  #set(change) {
    this.#filters = Object.fromEntries(Object.entries({ ...this.#filters, ...change }).filter(([, value]) => value));
    stay('queue', this.view, this.#filters);
    remember(this.view, this.#filters);
    this.#selection.clear();
    this.requestUpdate();
    if (!('cols' in change)) this.list.run();
  }

  #context() {
    return { username: user.username, now: Date.now() };
  }

  params() {
    const sort = order(this.view, this.#filters);
    return { ...asked(this.view, this.#filters, this.#context()), sort: sort === 'due' ? sort : undefined };
  }

  #columns() {
    const chosen = this.#filters.cols?.split(',');
    return COLUMNS.filter((name) => (chosen ?? USUAL).includes(name));
  }

  #ids() {
    return this.items().map((one) => one.id);
  }

  async #count(signal) {
    const saved = (this.#saved.value ?? []).map(({ query }) => Object.fromEntries(new URLSearchParams(query)));
    const of = [...VIEWS.map((view) => asked(view, {}, this.#context())), ...saved.map((query) => asked(query.view, query, this.#context()))];
    return (await api.post('/tickets/counts', { of }, { signal })).counts;
  }

  #number(index) {
    const found = this.#counts.value?.[index];
    return found?.count ? html`<span class="tally">${found.count}${found.more ? '+' : ''}</span>` : nothing;
  }

  #heard(name, data) {
    if (name !== 'reset' && name !== 'ticket.changed') return;
    if (data.id != null) this.#touched.set(String(data.id), data);
    this.#catchUp();
    this.#recount();
  }

  /** Reads the list again behind the reader's back. A failure changes nothing in view: the banner of a stale page tells of it. */
  async #refresh() {
    const before = this.list.value;
    if (!before?.items.length) return this.list.run();
    const touched = new Map(this.#touched);
    this.#touched.clear();
    const fresh = await api.get(withQuery(this.path, { ...this.params(), limit: PAGE })).catch(() => null);
    if (!fresh || this.list.value !== before) return undefined;
    const { items, news } = merged(before.items, fresh, touched);
    this.list.value = { ...before, items };
    this.#news = news;
    return this.requestUpdate();
  }

  #renew() {
    this.#news = 0;
    return this.list.run();
  }

  #one(work) {
    const found = this.items().find((one) => one.id === this.#cursor.id);
    if (found) work(found);
  }

  /** What an action is about: the chosen rows, else the one under the cursor. */
  #act(name) {
    const chosen = this.items().filter((one) => (this.#selection.size ? this.#selection.has(one.id) : one.id === this.#cursor.id));
    if (!chosen.length) return;
    const after = (refused) => {
      this.#selection.set(refused.map((one) => one.id));
      this.#catchUp();
    };
    const owners = this.items().map((one) => one.owner);
    const acts = { mine: () => assign(chosen, user.username, after), assign: () => askAssign(chosen, owners, after), state: () => askState(chosen, after), priority: () => askPriority(chosen, after), snooze: () => askSnooze(chosen, after), merge: () => askMerge(chosen, after) };
    acts[name]();
  }

  render() {
    return html`<div class="page">
      <header class="head">
        <h1>${t('queue.title')}</h1>
        <ac-search .value=${this.#filters.q} .label=${t('queue.search')} @sought=${(event) => this.#set({ q: event.detail })}></ac-search>
        ${viewMenu({ view: this.view, filters: this.#filters, saved: this.#current(), after: () => this.#saved.run().then(() => this.#counts.run()) })}
        ${may(...DESK) ? html`<button class="primary" @click=${() => newTicketDialog()}>${icon('plus')}${t('ticket.new.title')}</button>` : nothing}
      </header>
      <div class="card queue">
        <header>${this.#tabs()}</header>
        ${this.#selection.size ? bulkBar(this.#selection, this.items(), (name) => this.#act(name))
          : filterBar({ filters: this.#filters, known: this.#known.value ?? { models: [], regions: [] }, rows: this.items(), order: order(this.view, this.#filters), columns: this.#columns(), set: (change) => this.#set(change) })}
        <div aria-live="polite">${this.#news ? html`<div class="news"><button class="plain" @click=${() => this.#renew()}>${t('queue.news', { count: this.#news })}</button></div>` : nothing}</div>
        ${show(this.list, ({ items }) => (items.length ? this.#table(items) : this.#nothing()))}
        ${this.list.value?.next ? html`<div class="more muted">${t('state.loading')}</div>` : nothing}
      </div>
    </div>`;
  }

  #current() {
    return this.#saved.value?.find((one) => one.name === this.#filters.saved);
  }

  #tabs() {
    return html`<nav class="tabs" aria-label=${t('queue.views')}>
      ${VIEWS.map((view, index) => html`<a href=${href('queue', view)} aria-current=${view === this.view && !this.#current() ? 'page' : nothing}>${t(`view.${view}`)}${this.#number(index)}</a>`)}
      ${(this.#saved.value ?? []).map((saved, index) => savedTab(saved, saved === this.#current(), this.#number(VIEWS.length + index)))}
    </nav>`;
  }

  #table(items) {
    const how = { cursor: this.#cursor, selection: this.#selection, columns: this.#columns() };
    return html`<div class="scroll-x"><table class="list"><thead>${head({ ...how, count: items.length })}</thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => row(one, how))}</tbody></table></div>`;
  }

  #nothing() {
    if (this.#filters.q) return empty('search', t('queue.nomatch', { q: this.#filters.q }), t('queue.nomatch.next'));
    const narrowed = FILTERS.some((name) => this.#filters[name]);
    return narrowed ? empty('filter', t('queue.filtered'), t('queue.filtered.next')) : empty('done', t(`empty.${this.view}`), t(`empty.${this.view}.next`));
  }
}

customElements.define('ac-queue', Queue);
