import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { complain } from '../../ui/toast.js';
import { Cursor } from '../../ui/list.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { belongs, paramsOf, remember, VIEWS } from './queue-views.js';
import { newTicketDialog } from './ticket-new.js';
import { queueTable } from './queue-table.js';
import '../../ui/search.js';

const PAGE = 100;
const GATHER_MS = 400;
const FETCHED_MAX = 25;

/** The work of the desk. Rows change in place as events come in; new ones wait behind a button, so nothing moves under the cursor. */
class Queue extends View {
  static properties = { view: {}, search: {} };
  #tickets = new Load(this, (signal) => this.#fetch(signal));
  #cursor = new Cursor(this, { ids: () => this.#items().map((one) => one.id), open: (id) => go('tickets', id), name: 'queue' });
  #news = new Set();
  #changed = new Set();
  #gather = gather(() => this.#refresh(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => this.#gather.cancel());
    this.own(bind([
      { key: 'i', label: 'key.mine', run: () => go('queue', 'mine') },
      { key: 'c', label: 'key.create', run: () => newTicketDialog() },
    ]));
    remember(this.view);
    this.#tickets.restart();
  }

  updated() {
    title(t('queue.title'));
  }

  #items() {
    return this.#tickets.value?.items ?? [];
  }

  async #fetch(signal, cursor) {
    const answer = await api.get(withQuery('/tickets', { ...paramsOf(this.view, user.username), q: this.search, limit: PAGE, cursor }), { signal });
    this.#news.clear();
    return { next: answer.next, items: (answer.items ?? []).filter((one) => belongs(this.view, one, user.username)) };
  }

  #heard(name, data) {
    if (name === 'reset') return this.#tickets.run();
    if (name !== 'ticket.changed' || data.id == null) return undefined;
    this.#changed.add(String(data.id));
    return this.#gather();
  }

  /** Tickets in view take their new fields where they stand; of the others, those that belong here are told of. */
  async #refresh() {
    const ids = [...this.#changed];
    this.#changed.clear();
    await Promise.all(ids.slice(0, FETCHED_MAX).map((id) => this.#look(id)));
    if (!this.search) ids.slice(FETCHED_MAX).forEach((id) => this.#news.add(id));
    this.requestUpdate();
  }

  async #look(id) {
    const fresh = await api.get(`/tickets/${encodeURIComponent(id)}`, { quiet: true }).catch(() => null);
    if (!fresh) return;
    const index = this.#items().findIndex((one) => one.id === id);
    const fits = belongs(this.view, fresh, user.username);
    if (index >= 0) this.#items()[index] = { ...fresh, gone: !fits };
    else if (fits && !this.search) this.#news.add(id);
  }

  async #more() {
    try {
      const { items, next } = await this.#fetch(undefined, this.#tickets.value.next);
      this.#tickets.value = { items: [...this.#items(), ...items], next };
      this.requestUpdate();
    } catch (failure) {
      complain(failure);
    }
  }

  #sought(event) {
    this.search = event.detail;
    stay('queue', this.view, { q: this.search });
    this.#tickets.restart();
  }

  render() {
    return html`<div class="page">
      <header class="head">
        <h1>${t('queue.title')}</h1>
        <ac-search .value=${this.search} .label=${t('queue.search')} @sought=${this.#sought}></ac-search>
        <button class="primary" @click=${() => newTicketDialog()}>${icon('plus')}${t('ticket.new.title')}</button>
      </header>
      <div class="card">
        <header><nav class="tabs" aria-label=${t('queue.views')}>
          ${VIEWS.map((view) => html`<a href=${href('queue', view)} aria-current=${view === this.view ? 'page' : nothing}>${t(`view.${view}`)}</a>`)}
        </nav>${this.#tickets.value ? html`<span class="right muted small">${t('queue.count', { count: this.#items().length + (this.#tickets.value.next ? '+' : '') })}</span>` : nothing}</header>
        <div aria-live="polite">${this.#news.size ? html`<div class="news"><button class="plain" @click=${() => this.#tickets.run()}>${t('queue.news', { count: this.#news.size })}</button></div>` : nothing}</div>
        ${show(this.#tickets, (value) => (value.items.length ? queueTable(value.items, this.#cursor) : this.#nothing()))}
        ${this.#tickets.value?.next ? html`<div class="more"><button @click=${this.#more}>${t('action.more')}</button></div>` : nothing}
      </div>
    </div>`;
  }

  #nothing() {
    return this.search ? empty('search', t('queue.nomatch', { q: this.search }), t('queue.nomatch.next')) : empty('done', t(`empty.${this.view}`), t(`empty.${this.view}.next`));
  }
}

customElements.define('ac-queue', Queue);
