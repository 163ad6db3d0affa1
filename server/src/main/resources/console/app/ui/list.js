import { bind } from '../core/keys.js';

/** The highlighted row of each list, kept while other pages are open. */
const marked = new Map();

/**
 * Moves a highlight through the rows of a list with J and K, and opens the row with Enter. The highlight belongs to a row's id, so it
 * stays with its row when the list changes. `reveal(index)` is for lists of which only a part is drawn.
 */
export class Cursor {
  id = null;
  #host;
  #ids;
  #open;
  #name;
  #reveal;

  constructor(host, { ids, open, name, reveal }) {
    this.#host = host;
    this.#ids = ids;
    this.#open = open;
    this.#name = name;
    this.#reveal = reveal;
    this.id = marked.get(name) ?? null;
    host.addController(this);
  }

  hostConnected() {
    this.#host.own(
      bind([
        { key: 'j', label: 'key.next', run: () => this.#move(1) },
        { key: 'k', label: 'key.previous', run: () => this.#move(-1) },
        { key: 'Enter', label: 'key.open', run: () => this.id != null && this.#open(this.id) },
      ]),
    );
  }

  /** The class of the row with this id. */
  mark(id) {
    return id === this.id ? 'link current' : 'link';
  }

  async #move(step) {
    const ids = this.#ids();
    if (!ids.length) return;
    const next = this.id == null ? 0 : ids.indexOf(this.id) + step;
    const index = Math.min(ids.length - 1, Math.max(0, next));
    this.id = ids[index];
    marked.set(this.#name, this.id);
    this.#reveal?.(index);
    this.#host.requestUpdate();
    await this.#host.updateComplete;
    this.#host.querySelector('.link.current')?.scrollIntoView({ block: 'nearest' });
  }
}

/** Opens a row on click, unless the click was on a link or a button of the row, or ended a selection of text. */
export function rowClick(open) {
  return (event) => {
    if (event.target.closest('a, button, input') || getSelection().toString()) return;
    open();
  };
}
