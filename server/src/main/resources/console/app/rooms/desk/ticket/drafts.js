import { api } from '../../../core/api.js';

const SETTLE_MS = 900;

/**
 * Keeps what somebody writes at a case on the server, a moment after they pause, so that it is there on another machine too. Between two windows the
 * last one wins; `told(state)` hears `saving`, `saved` or `failed`.
 */
export class Draft {
  #path;
  #told;
  #timer = 0;

  constructor(ticket, told) {
    this.#path = `/tickets/${encodeURIComponent(ticket)}/draft`;
    this.#told = told;
  }

  /** What was kept; empty where nothing was. */
  async read() {
    return (await api.get(this.#path)).text;
  }

  keep(text) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#put(text), SETTLE_MS);
  }

  async #put(text) {
    this.#told('saving');
    try {
      if (text.trim()) await api.put(this.#path, { text });
      else await api.delete(this.#path);
      this.#told(text.trim() ? 'saved' : '');
    } catch (failure) {
      this.#told('failed', failure);
    }
  }

  /** Forgets it: it was sent. */
  async drop() {
    clearTimeout(this.#timer);
    await this.#put('');
  }

  stop() {
    clearTimeout(this.#timer);
  }
}
