import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge, dress } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { edit } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { productFields, productOf } from './product-form.js';
import { keysCard } from './product-keys.js';

dress({ actionClass: { A: ['good', 'eye'], B: ['info', 'wrench'], C: ['warning', 'alert'], D: ['critical', 'error'] } });

/** The parameters of an action in words: each with its type and bounds. */
function parameters({ params }) {
  const all = Object.entries(params?.properties ?? {});
  if (!all.length) return html`<span class="muted">${t('product.params.none')}</span>`;
  return html`<span class="row">${all.map(([name, one]) => html`<span><span class="mono">${name}${params.required?.includes(name) ? '*' : ''}</span> <span class="muted small">${bounds(one)}</span></span>`)}</span>`;
}

function bounds(one) {
  if (one.enum) return one.enum.join(' | ');
  const range = one.minimum != null || one.maximum != null ? ` ${one.minimum ?? ''}–${one.maximum ?? ''}` : '';
  return `${one.type ?? ''}${range}`;
}

/** One product: its metrics with the range they are stated for, its actions with their class, and its keys. */
class Product extends View {
  static properties = { model: {} };
  #load = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #keys = new Load(this, async (signal) => (await api.get(`${this.#path()}/keys`, { signal })).items);

  opened() {
    this.#load.restart();
    if (may('coordinator', 'engineer', 'auditor')) this.#keys.restart();
  }

  updated() {
    title(this.model);
  }

  #path() {
    return `/products/${encodeURIComponent(this.model)}`;
  }

  #edit() {
    edit({ title: this.model, path: this.#path(), shape: 'wide', body: (first, again) => productFields(first, again), change: (values, first, form) => productOf(first, form), done: () => this.#load.run() });
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('products')}>${icon('back')}${t('nav.products')}</a></div>
      ${show(this.#load, (one) => html`
        <header class="head"><h1><span class="mono">${one.model}</span> <span class="muted" dir="auto">${one.name}</span></h1><a class="button" href=${href('devices', null, { model: one.model })}>${icon('device')}${t('product.devices')}</a>
          ${may('engineer', 'quality') ? html`<button class="primary" data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</header>
        <div class="stack">
          ${card(t('product.actions'), one.actions?.length ? plainTable([
            ['product.action', (it) => html`<span class="mono">${it.name}</span>`, 'nowrap'], ['product.class', (it) => badge('actionClass', it.class), 'nowrap'], ['product.params', parameters, 'wide'], ['product.timeout', (it) => `${number(it.timeoutSeconds)} s`, 'num'], ['product.consent', (it) => t(it.consent ? 'word.yes' : 'product.consent.class'), 'nowrap'],
          ], one.actions) : empty('bolt', t('product.actions.empty'), t('product.actions.next')), { flush: true })}
          <div class="columns even">
            ${card(t('product.metrics'), one.metrics?.length ? plainTable([
              ['product.metric', (it) => html`<span class="mono">${it.name}</span>`, 'wide'], ['product.unit', (it) => it.unit || '–', 'nowrap'], ['product.min', (it) => number(it.min), 'num'], ['product.max', (it) => number(it.max), 'num'],
            ], one.metrics) : empty('pulse', t('product.metrics.empty'), t('product.metrics.next')), { flush: true })}
            ${this.#keys.value ? keysCard(one.model, this.#keys.value, () => this.#keys.run()) : nothing}
          </div>
        </div>`)}
    </div>`;
  }
}

customElements.define('ac-product', Product);
