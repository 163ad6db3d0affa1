import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { Load } from '../../../core/load.js';
import { user } from '../../../core/session.js';
import { savedViews } from './saved.js';
import { asked, VIEWS } from './views.js';

/** The saved views of this person, and how many tickets there are in each view. */
export class Tally {
  #saved;
  #counts;

  constructor(host) {
    this.#saved = new Load(host, (signal) => savedViews(signal));
    this.#counts = new Load(host, (signal) => this.#count(signal));
    this.recount = () => this.#counts.run();
    this.read = () => this.#saved.run().then(this.recount);
  }

  get saved() {
    return this.#saved.value ?? [];
  }

  async #count(signal) {
    const context = { username: user.username, now: Date.now() };
    const saved = this.saved.map(({ query }) => Object.fromEntries(new URLSearchParams(query)));
    const of = [...VIEWS.map((view) => asked(view, {}, context)), ...saved.map((query) => asked(query.view, query, context))];
    return (await api.post('/tickets/counts', { of }, { signal })).counts;
  }

  /** The number of a view by its place: the built-in ones first, then those that were saved. */
  number(index) {
    const found = this.#counts.value?.[index];
    return found?.count ? html`<span class="tally">${found.count}${found.more ? '+' : ''}</span>` : nothing;
  }
}
