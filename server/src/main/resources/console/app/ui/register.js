import { html, nothing } from 'lit';
import { current, href, onRoute, stay } from '../core/router.js';
import { t } from '../core/i18n.js';
import { icon } from './icons.js';
import { Cursor, rowClick } from './list.js';
import { ListPage } from './listpage.js';
import { empty } from './states.js';
import { cells, table } from './table.js';

/**
 * A list that is declared: `route` (its page), `path`, `icon`, `columns()` as `ui/table.js` has them, `filters()`
 * (`{name, label, options: [[value, words]]}` or `{name, label, type}`), which live in the address, `doings()` (buttons beside the heading), `open(one)` for rows that
 * open, and `under` for the page that it is reached from. Its words are `nav.<route>`, `<route>.empty` and `<route>.empty.next`.
 */
export class Register extends ListPage {
  under = null;
  #cursor = null;

  opened() {
    super.opened();
    this.own(onRoute((route) => route.name === this.route && this.list.restart()));
    if (this.open) {
      this.#cursor ??= new Cursor(this, {
        name: this.route,
        ids: () => this.items().map((one) => this.key(one)),
        open: (id) => this.open(this.items().find((one) => this.key(one) === id)),
        reveal: (index) => this.window.reveal(index),
      });
    }
  }

  key(one) {
    return one.id;
  }

  heading() {
    return t(`nav.${this.route}`);
  }

  filters() {
    return [];
  }

  doings() {
    return nothing;
  }

  params() {
    const { query } = current();
    return Object.fromEntries(this.filters().map(({ name, fallback }) => [name, query.get(name) ?? fallback]));
  }

  #filter(name, value) {
    const query = Object.fromEntries(current().query);
    stay(this.route, current().id, { ...query, [name]: value });
    this.list.restart();
  }

  #field({ name, label, options, type, fallback }) {
    const value = current().query.get(name) ?? fallback ?? '';
    const change = (event) => this.#filter(name, event.target.value.trim());
    if (type) return html`<label class="row nowrap"><span class="muted small">${label}</span><input class="slim" type=${type} .value=${value} @change=${change}></label>`;
    if (!options) return html`<input class="slim" type="search" aria-label=${label} placeholder=${label} .value=${value} @change=${change}>`;
    return html`<select class="slim" aria-label=${label} @change=${change}>
      ${fallback ? nothing : html`<option value="">${label}</option>`}
      ${options.map(([one, words]) => html`<option value=${one} ?selected=${one === value}>${words}</option>`)}
    </select>`;
  }

  tools() {
    return html`${this.filterFields()}${this.doings()}`;
  }

  filterFields() {
    return this.filters().map((one) => this.#field(one));
  }

  crumb() {
    return this.under ? html`<div class="crumb"><a href=${href(this.under)}>${icon('back')}${t(`nav.${this.under}`)}</a></div>` : nothing;
  }

  nothing() {
    const filtered = Object.values(this.params()).some(Boolean);
    return filtered ? empty('search', t('list.none'), t('list.none.next')) : empty(this.icon, t(`${this.route}.empty`), t(`${this.route}.empty.next`));
  }

  rows(items) {
    const columns = this.columns();
    return table(columns, this.window.rows(items, (one) => this.key(one), (one) => this.#row(columns, one)), { caption: this.heading() });
  }

  #row(columns, one) {
    if (!this.open) return html`<tr>${cells(columns, one)}</tr>`;
    return html`<tr class=${this.#cursor.mark(this.key(one))} @click=${rowClick(() => this.open(one))}>${cells(columns, one)}</tr>`;
  }
}
