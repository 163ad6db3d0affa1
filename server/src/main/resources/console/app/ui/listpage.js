import { html, nothing } from 'lit';
import { View } from '../core/view.js';
import { api, withQuery } from '../core/api.js';
import { onEvent } from '../core/live.js';
import { gather, Load } from '../core/load.js';
import { t } from '../core/i18n.js';
import { title } from '../core/title.js';
import { complain } from './toast.js';
import { show } from './states.js';
import { RowWindow } from './window.js';

const PAGE = 100;
const GATHER_MS = 1_000;

/**
 * A page that is one list of the API, a cursor at a time; the next ones come as the reader nears the end. A subclass says `path`, `params()`,
 * `events`, and how to draw `rows(items)` (its table's body by `window.rows`), `tools()`, `bar(items)` above the rows, and `nothing()`.
 */
export class ListPage extends View {
  events = [];
  list = new Load(this, async (signal) => this.#page(await api.get(withQuery(this.path, { ...this.params(), limit: PAGE }), { signal })));
  window = new RowWindow(this);
  #reload = gather(() => this.list.run(), GATHER_MS);
  #loading = false;
  #end = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && this.#more(), { rootMargin: '1200px' });

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (this.events.includes(name) && this.concerns(data))) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(() => this.#end.disconnect());
    this.list.restart();
  }

  params() {
    return {};
  }

  items() {
    return this.list.value?.items ?? [];
  }

  tools() {
    return nothing;
  }

  bar() {
    return nothing;
  }

  /** What stands between the heading and the list. */
  above() {
    return nothing;
  }

  /** The way back to the page that this one is reached from. */
  crumb() {
    return nothing;
  }

  #page(answer) {
    return Array.isArray(answer) ? { items: answer } : { items: answer.items ?? [], next: answer.next };
  }

  async #more() {
    if (this.#loading) return;
    this.#loading = true;
    const before = this.list.value;
    try {
      const { items, next } = this.#page(await api.get(withQuery(this.path, { ...this.params(), limit: PAGE, cursor: before.next })));
      if (this.list.value === before) this.list.value = { items: [...this.items(), ...items], next };
      this.requestUpdate();
    } catch (failure) {
      complain(failure);
    } finally {
      this.#loading = false;
    }
  }

  updated() {
    title(this.heading());
    this.#end.disconnect();
    const more = this.querySelector('.more');
    if (more) this.#end.observe(more);
  }

  /** Whether an event of one of `events` touches what is listed. */
  concerns() {
    return true;
  }

  render() {
    return html`<div class="page">
      ${this.crumb()}<header class="head"><h1>${this.heading()}</h1>${this.tools()}</header>
      ${this.above()}
      <div class="card">
        ${show(this.list, ({ items }) => html`${this.bar(items)}${items.length ? this.rows(items) : this.nothing()}`)}
        ${this.list.value?.next ? html`<div class="more"><button @click=${() => this.#more()}>${t('action.more')}</button></div>` : nothing}
      </div>
    </div>`;
  }
}
