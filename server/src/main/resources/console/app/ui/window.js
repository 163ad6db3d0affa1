import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';

const ROW_PX = 36;
const SPARE_ROWS = 30;
const WINDOWED_FROM = 150;

/**
 * Draws of a long table only the rows around what is in view, so that ten thousand of them scroll as ten do. Rows are of about one height,
 * which is measured. Short tables are drawn whole.
 */
export class RowWindow {
  #host;
  #scroller = null;
  #first = 0;
  #rowPx = ROW_PX;
  #onScroll = () => this.#look();

  constructor(host) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected() {
    this.#scroller = this.#host.closest('.main');
    this.#scroller?.addEventListener('scroll', this.#onScroll, { passive: true });
  }

  hostDisconnected() {
    this.#scroller?.removeEventListener('scroll', this.#onScroll);
  }

  hostUpdated() {
    const row = this.#host.querySelector('tbody tr:not(.spacer)');
    if (row?.offsetHeight) this.#rowPx = row.offsetHeight;
  }

  #count() {
    return Math.ceil((this.#scroller?.clientHeight ?? innerHeight) / this.#rowPx) + 2 * SPARE_ROWS;
  }

  #look() {
    const body = this.#host.querySelector('tbody');
    if (!body || !this.#scroller) return;
    const gone = this.#scroller.getBoundingClientRect().top - body.getBoundingClientRect().top;
    const first = Math.max(0, Math.floor(gone / this.#rowPx) - SPARE_ROWS);
    if (Math.abs(first - this.#first) < SPARE_ROWS / 2 && first !== 0) return;
    if (first === this.#first) return;
    this.#first = first;
    this.#host.requestUpdate();
  }

  /** Scrolls so that the row of this index is drawn and in view. */
  reveal(index) {
    const body = this.#host.querySelector('tbody');
    if (!body || !this.#scroller) return;
    const top = body.getBoundingClientRect().top - this.#scroller.getBoundingClientRect().top + index * this.#rowPx;
    if (top < 0 || top > this.#scroller.clientHeight - 2 * this.#rowPx) this.#scroller.scrollBy({ top: top - this.#scroller.clientHeight / 2 });
    this.#look();
  }

  /** The rows of a table's body: `key(item)` names a row, `row(item, index)` draws it. */
  rows(items, key, row) {
    if (items.length < WINDOWED_FROM) return repeat(items, key, row);
    const first = Math.min(this.#first, Math.max(0, items.length - this.#count()));
    const last = Math.min(items.length, first + this.#count());
    return html`${this.#space(first)}${repeat(items.slice(first, last), key, (one, index) => row(one, first + index))}${this.#space(items.length - last)}`;
  }

  #space(rows) {
    return rows ? html`<tr class="spacer" aria-hidden="true"><td colspan="99" .height=${String(rows * this.#rowPx)}></td></tr>` : nothing;
  }
}
