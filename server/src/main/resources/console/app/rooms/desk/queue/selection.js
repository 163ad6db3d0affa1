/** Which rows of a list are chosen, by their ids; a range is chosen from the row that was chosen last. */
export class Selection {
  #host;
  #ids;
  #chosen = new Set();
  #last = null;

  constructor(host, ids) {
    this.#host = host;
    this.#ids = ids;
  }

  get size() {
    return this.#chosen.size;
  }

  has(id) {
    return this.#chosen.has(id);
  }

  toggle(id, range = false) {
    const ids = this.#ids();
    const on = !this.#chosen.has(id);
    const from = range ? ids.indexOf(this.#last) : -1;
    const to = ids.indexOf(id);
    const touched = from < 0 ? [id] : ids.slice(Math.min(from, to), Math.max(from, to) + 1);
    touched.forEach((one) => (on || range ? this.#chosen.add(one) : this.#chosen.delete(one)));
    this.#last = id;
    this.#host.requestUpdate();
  }

  all() {
    this.set(this.#ids());
  }

  set(ids) {
    this.#chosen = new Set(ids);
    this.#host.requestUpdate();
  }

  clear() {
    this.set([]);
  }
}
