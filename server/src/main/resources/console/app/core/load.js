const SKELETON_AFTER_MS = 300;

/**
 * What a page asks the server for, and how far that has come: `waiting` (nothing shown yet), `slow` (skeleton), `ready`, `failed`.
 * A reload keeps the old value in view until the new one is there; a newer request ends an older one.
 */
export class Load {
  state = 'waiting';
  value = undefined;
  error = null;
  #host;
  #ask;
  #running = null;
  #timer = 0;

  constructor(host, ask) {
    this.#host = host;
    this.#ask = ask;
    host.addController(this);
  }

  hostDisconnected() {
    this.#running?.abort();
    clearTimeout(this.#timer);
  }

  /** Asks anew from nothing: for another thing to show. */
  restart() {
    this.state = 'waiting';
    this.value = undefined;
    return this.run();
  }

  async run() {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    if (this.state !== 'ready') this.#startWaiting();
    try {
      const value = await this.#ask(running.signal);
      if (running.signal.aborted) return;
      this.#settle('ready', value, null);
    } catch (failure) {
      if (running.signal.aborted) return;
      this.#settle(this.value === undefined ? 'failed' : 'ready', this.value, failure);
    }
  }

  #startWaiting() {
    this.state = 'waiting';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.state = 'slow';
      this.#host.requestUpdate();
    }, SKELETON_AFTER_MS);
    this.#host.requestUpdate();
  }

  #settle(state, value, error) {
    clearTimeout(this.#timer);
    this.state = state;
    this.value = value;
    this.error = error;
    this.#host.requestUpdate();
  }
}

/** Waits for a pause: `work` runs once `millis` have gone by since the last call. */
export function settle(work, millis) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(work, millis);
  };
  later.cancel = () => clearTimeout(timer);
  return later;
}

/** Gathers calls: `work` runs once, `millis` after the first of them. */
export function gather(work, millis) {
  let timer = 0;
  const later = () => {
    timer ||= setTimeout(() => {
      timer = 0;
      work();
    }, millis);
  };
  later.cancel = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return later;
}
