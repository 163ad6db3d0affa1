import { html, nothing } from 'lit';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { act } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { typed } from '../../ui/table.js';

/** The models that are served: what each measures, and what may be done to it from here. */
class Products extends Register {
  route = 'products';
  path = '/products';
  icon = 'release';

  key(one) {
    return one.model;
  }

  #add() {
    act({
      title: t('product.new'), path: '/products', done: (made) => go('product', made.model),
      body: () => [field({ label: t('device.model'), name: 'model', required: true, maxlength: 64 }), field({ label: t('sla.name'), name: 'name', maxlength: 200 })],
    });
  }

  doings() {
    return may('engineer', 'quality') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('product.new')}</button>` : nothing;
  }

  open(one) {
    go('product', one.model);
  }

  columns() {
    return [
      ['device.model', (one) => html`<a class="title mono" href=${href('product', one.model)}>${one.model}</a>`, 'nowrap'], ['sla.name', (one) => typed(one.name), 'wide'], ['product.metrics', (one) => number(one.metrics?.length ?? 0), 'num'], ['product.actions', (one) => number(one.actions?.length ?? 0), 'num'],
      ['product.shell', (one) => t(one.shell ? 'word.yes' : 'word.no'), 'nowrap'], ['sla.version', (one) => one.version, 'num'], ['product.since', (one) => ago(one.createdAt), 'muted nowrap'],
    ];
  }
}

customElements.define('ac-products', Products);
