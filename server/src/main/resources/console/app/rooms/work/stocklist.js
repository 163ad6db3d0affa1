import { nothing } from 'lit';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ListPage } from '../../ui/listpage.js';
import { complain } from '../../ui/toast.js';
import { learnNames } from './names.js';
import { tabs } from './tabs.js';

const TABS = ['parts', 'movements', 'counts', 'clearance', 'places', 'suppliers'];

/** A list of the stock's page: a subclass says which tab it is. */
export class StockList extends ListPage {
  opened() {
    super.opened();
    learnNames().then(() => this.requestUpdate(), complain);
  }

  heading() {
    return t('nav.stock');
  }

  above() {
    return may('agent', 'engineer', 'coordinator', 'quality', 'auditor') ? tabs('stock', TABS, this.tab) : nothing;
  }
}
