import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { findDialog, newDialog } from './customer-forms.js';
import { GRADES, options } from './choices.js';

const link = (id) => html`<a class="mono" href=${href('customer', id)}>${id}</a>`;

/** Customers' files by their pseudonym; a person is found by the whole number or address, and shown in the file alone. */
class Customers extends Register {
  route = 'customers';
  path = '/customers';
  icon = 'person';
  #doubts = new Load(this, async (signal) => (await api.get('/customers/doubts', { signal })).items);

  opened() {
    super.opened();
    if (may('agent', 'coordinator')) this.#doubts.restart();
  }

  filters() {
    return [{ name: 'grade', label: t('customer.grade'), options: options('grade', GRADES) }];
  }

  doings() {
    return html`${may('agent', 'engineer', 'coordinator') ? html`<button data-do="find" @click=${findDialog}>${icon('search')}${t('customer.find')}</button>` : nothing}
      ${may('agent', 'coordinator') ? html`<button class="primary" data-do="new" @click=${newDialog}>${icon('plus')}${t('customer.new')}</button>` : nothing}`;
  }

  open(one) {
    go('customer', one.id);
  }

  columns() {
    return [
      ['customer.file', (one) => link(one.id), 'nowrap'],
      ['customer.grade', (one) => term('grade', one.grade), 'nowrap'],
      ['customer.locale', (one) => term('locale', one.locale) || '–', 'nowrap'],
      ['customer.channel', (one) => term('customerChannel', one.channel) || '–', 'nowrap'],
      ...(this.items().some((one) => one.hold) ? [['customer.hold', (one) => one.hold ?? '–', 'wide']] : []),
      ['customer.since', (one) => ago(one.createdAt), 'muted nowrap'],
    ];
  }

  bar() {
    const doubts = this.#doubts.value;
    return doubts?.length ? card(t('customer.doubts'), plainTable([
      ['customer.file', (one) => link(one.customer), 'nowrap'], ['customer.other', (one) => link(one.other), 'nowrap'], ['customer.seen', (one) => ago(one.at), 'muted nowrap'],
    ], doubts), { flush: true }) : nothing;
  }
}

customElements.define('ac-customers', Customers);
