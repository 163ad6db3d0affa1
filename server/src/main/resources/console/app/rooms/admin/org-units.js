import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { act, edit, filled } from '../../ui/edit.js';
import { choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';

const KINDS = ['headquarters', 'region', 'outlet'];

/** Units in the order of their tree, each with its depth. */
export function tree(units) {
  const of = (parent, depth) => units.filter((one) => (one.parent ?? null) === parent).flatMap((one) => [{ ...one, depth }, ...of(one.id, depth + 1)]);
  const known = of(null, 0);
  return [...known, ...units.filter((one) => !known.some((other) => other.id === one.id)).map((one) => ({ ...one, depth: 0 }))];
}

/** Headquarters, regions and outlets, and who is told when a case escalates. */
class OrgUnits extends Register {
  route = 'org-units';
  path = '/org-units';
  icon = 'building';
  under = 'settings';

  #fields(one) {
    return [
      pair(choice({ label: t('unit.kind'), name: 'kind', value: one?.kind ?? 'outlet', required: true, options: KINDS.map((kind) => [kind, term('unitKind', kind)]) }), field({ label: t('unit.name'), name: 'name', value: one?.name, required: true, maxlength: 200 })),
      pair(choice({ label: t('unit.parent'), name: 'parent', value: one?.parent, options: this.items().filter((other) => other.id !== one?.id).map((other) => [other.id, other.name]) }), field({ label: t('unit.manager'), name: 'manager', value: one?.manager, maxlength: 100 })),
      field({ label: t('unit.covers'), name: 'covers', value: one?.covers, maxlength: 100, hint: t('unit.covers.hint') }),
    ];
  }

  #add() {
    act({ title: t('unit.new'), body: () => [field({ label: t('unit.id'), name: 'id', required: true, maxlength: 40, placeholder: 'north-shop' }), this.#fields(null)], send: ({ id, ...values }) => api.put(`/org-units/${encodeURIComponent(id)}`, filled(values)), done: () => this.list.run() });
  }

  #edit(one) {
    const path = `/org-units/${encodeURIComponent(one.id)}`;
    edit({ title: one.name, path, of: (thing) => thing.unit ?? thing, done: () => this.list.run(), body: (first) => this.#fields(first), change: (values) => filled(values) });
  }

  doings() {
    return may('coordinator') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('unit.new')}</button>` : nothing;
  }

  rows(items) {
    return super.rows(tree(items));
  }

  columns() {
    return [
      ['unit.name', (one) => html`<span class="depth${Math.min(one.depth, 3)}">${icon(one.kind === 'outlet' ? 'building' : 'people')} ${typed(one.name)}</span>`, 'wide'], ['unit.kind', (one) => term('unitKind', one.kind), 'nowrap'], ['unit.covers', (one) => one.covers ?? '–', 'nowrap'], ['unit.manager', (one) => one.manager ?? t('unit.nobody'), 'nowrap'],
      [null, (one) => (may('coordinator') ? html`<button class="plain" @click=${() => this.#edit(one)}>${t('action.edit')}</button>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-org-units', OrgUnits);
