import { html, nothing } from 'lit';
import { bind, bindChord } from '../../../core/keys.js';
import { Load } from '../../../core/load.js';
import { go, href, stay } from '../../../core/router.js';
import { may, user } from '../../../core/session.js';
import { t } from '../../../core/i18n.js';
import { Cursor } from '../../../ui/list.js';
import { ListPage } from '../../../ui/listpage.js';
import { icon } from '../../../ui/icons.js';
import { empty, show } from '../../../ui/states.js';
import { newTicketDialog } from '../new.js';
import { askAssign, askMerge, askPriority, askSnooze, askState, askTags, assign } from './acts.js';
import { bulkBar } from './bulkbar.js';
import { choices, filterBar } from './filters.js';
import { queueKeys, WORKS } from './keys.js';
import { QueueLive } from './live.js';
import { savedTab, viewMenu } from './saved.js';
import { Selection } from './selection.js';
import { COLUMNS, head, row, usual } from './table.js';
import { Tally } from './tally.js';
import { asked, FILTERS, order, remember, VIEWS } from './views.js';
import '../../../ui/search.js';

/** The work of the desk. Rows change in place as events come in; new ones wait behind a button, so nothing moves under the cursor. */
class Queue extends ListPage {
  static properties = { view: {}, address: { attribute: false } };
  path = '/tickets';
  #filters = {};
  #tally = new Tally(this);
  #live = new QueueLive(this, this.#tally.recount);
  #known = new Load(this, (signal) => choices(signal));
  #cursor = new Cursor(this, { ids: () => this.#ids(), open: (id) => go('tickets', id), name: 'queue', reveal: (index) => this.window.reveal(index) });
  #selection = new Selection(this, () => this.#ids());

  opened() {
    this.#take();
    super.opened();
    this.own(bind(queueKeys({
      view: () => this.view, one: (work) => this.#one(work), act: (name) => this.#act(name), clear: () => this.#selection.clear(),
      choose: () => this.#cursor.id && this.#selection.toggle(this.#cursor.id),
    })));
    this.own(bindChord('a', () => this.#selection.all()));
    this.#tally.read();
    this.#known.run();
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
    this.#live.news = 0;
    this.#selection.clear();
    remember(this.view, this.#filters);
  }

  #set(change) {
    this.#filters = Object.fromEntries(Object.entries({ ...this.#filters, ...change }).filter(([, value]) => value));
    stay('queue', this.view, this.#filters);
    remember(this.view, this.#filters);
    this.#selection.clear();
    if (!('cols' in change)) this.#live.renew();
  }

  params() {
    const sort = order(this.view, this.#filters);
    return { ...asked(this.view, this.#filters, { username: user.username, now: Date.now() }), sort: sort === 'due' ? sort : undefined };
  }

  #columns() {
    const chosen = this.#filters.cols?.split(',') ?? usual(this.view);
    return COLUMNS.filter((name) => chosen.includes(name));
  }

  #ids() {
    return this.items().map((one) => one.id);
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
      this.#live.catchUp();
    };
    const acts = {
      mine: () => assign(chosen, user.username, after),
      assign: () => askAssign(chosen, after),
      state: () => askState(chosen, after),
      priority: () => askPriority(chosen, after),
      snooze: () => askSnooze(chosen, after),
      merge: () => askMerge(chosen, after),
      tags: () => askTags(chosen, after),
    };
    acts[name]();
  }

  #current() {
    return this.#tally.saved.find((one) => one.name === this.#filters.saved);
  }

  #tabs() {
    return html`<nav class="tabs" aria-label=${t('queue.views')}>
      ${VIEWS.map((view, index) => html`<a href=${href('queue', view)} aria-current=${view === this.view && !this.#current() ? 'page' : nothing}>${t(`view.${view}`)}${this.#tally.number(index)}</a>`)}
      ${this.#tally.saved.map((saved, index) => savedTab(saved, saved === this.#current(), this.#tally.number(VIEWS.length + index)))}
    </nav>`;
  }

  #bar() {
    if (this.#selection.size) return bulkBar(this.#selection, this.items(), (name) => this.#act(name));
    const known = this.#known.value ?? { models: [], regions: [] };
    return filterBar({ filters: this.#filters, known, rows: this.items(), order: order(this.view, this.#filters), columns: this.#columns(), set: (change) => this.#set(change) });
  }

  #table(items) {
    const how = { cursor: this.#cursor, selection: this.#selection, columns: this.#columns(), choosable: may(...WORKS) };
    return html`<div class="scroll-x" tabindex="0" role="region" aria-label=${t('queue.title')}><table class="list"><thead>${head({ ...how, count: items.length })}</thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => row(one, how))}</tbody></table></div>`;
  }

  #nothing() {
    if (this.#filters.q) return empty('search', t('queue.nomatch', { q: this.#filters.q }), t('queue.nomatch.next'));
    if (FILTERS.some((name) => this.#filters[name])) return empty('filter', t('queue.filtered'), t('queue.filtered.next'));
    return empty('done', t(`empty.${this.view}`), t(`empty.${this.view}.next`));
  }

  render() {
    const { news } = this.#live;
    return html`<div class="page">
      <header class="head">
        <h1>${t('queue.title')}</h1>
        <ac-search .value=${this.#filters.q} .label=${t('queue.search')} @sought=${(event) => this.#set({ q: event.detail })}></ac-search>
        ${viewMenu({ view: this.view, filters: this.#filters, saved: this.#current(), after: this.#tally.read })}
        ${may(...WORKS, 'partner') ? html`<button class="primary" @click=${() => newTicketDialog()}>${icon('plus')}${t('ticket.new.title')}</button>` : nothing}
      </header>
      <div class="card queue">
        <header>${this.#tabs()}</header>
        ${this.#bar()}
        <div aria-live="polite">${news ? html`<div class="news"><button class="plain" @click=${() => this.#live.renew()}>${t('queue.news', { count: news })}</button></div>` : nothing}</div>
        ${show(this.list, ({ items }) => (items.length ? this.#table(items) : this.#nothing()))}
        ${this.list.value?.next ? html`<div class="more muted">${t('state.loading')}</div>` : nothing}
      </div>
    </div>`;
  }
}

customElements.define('ac-queue', Queue);
