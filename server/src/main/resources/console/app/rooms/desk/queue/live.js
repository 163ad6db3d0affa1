import { api, withQuery } from '../../../core/api.js';
import { onEvent } from '../../../core/live.js';
import { gather } from '../../../core/load.js';
import { merged } from './views.js';

const GATHER_MS = 600;
const COUNT_AFTER_MS = 3_000;
const PAGE = 100;

/**
 * Keeps the queue true while it is looked at: rows change where they stand, what is new is counted in `news` until the reader asks for it. `recount` is
 * called a little later, however much happened.
 */
export class QueueLive {
  news = 0;
  #host;
  #touched = new Map();
  #recount;
  #catchUp = gather(() => this.#refresh(), GATHER_MS);

  constructor(host, recount) {
    this.#host = host;
    this.#recount = gather(recount, COUNT_AFTER_MS);
    host.addController(this);
  }

  hostConnected() {
    this.#host.own(onEvent((name, data) => this.#heard(name, data)));
    this.#host.own(() => [this.#catchUp, this.#recount].forEach((one) => one.cancel()));
  }

  #heard(name, data) {
    if (name !== 'reset' && name !== 'ticket.changed') return;
    if (data.id != null) this.#touched.set(String(data.id), data);
    this.catchUp();
  }

  /** Reads the list again soon, and the numbers on the tabs. */
  catchUp() {
    this.#catchUp();
    this.#recount();
  }

  /** Reads the list behind the reader's back. A failure changes nothing in view: the banner of a stale page tells of it. */
  async #refresh() {
    const { list, path } = this.#host;
    const before = list.value;
    if (!before) return;
    const touched = new Map(this.#touched);
    this.#touched.clear();
    const fresh = await api.get(withQuery(path, { ...this.#host.params(), limit: PAGE })).catch(() => null);
    if (!fresh || list.value !== before) return;
    const { items, news } = merged(before.items, fresh, touched);
    list.value = { ...before, items };
    this.news = news;
    this.#host.requestUpdate();
  }

  /** Shows what is new. */
  renew() {
    this.news = 0;
    return this.#host.list.run();
  }
}
