import { html } from 'lit';
import { View } from '../../core/view.js';
import { may } from '../../core/session.js';
import './stock-parts.js';
import './stock-ledger.js';
import './stock-counts.js';
import './stock-other.js';
import './looks.js';

const PANES = {
  parts: (query) => html`<ac-parts .filters=${query}></ac-parts>`,
  movements: (query) => html`<ac-movements .filters=${query}></ac-movements>`,
  counts: () => html`<ac-counts></ac-counts>`,
  clearance: () => html`<ac-clearance></ac-clearance>`,
  places: () => html`<ac-places></ac-places>`,
  suppliers: () => html`<ac-suppliers></ac-suppliers>`,
};

/** Parts and where they are: each tab is a list of its own. */
class Stock extends View {
  static properties = { tab: {}, query: { attribute: false } };

  render() {
    const inside = may('agent', 'engineer', 'coordinator', 'quality', 'auditor');
    const tab = this.tab in PANES && inside ? this.tab : 'parts';
    return PANES[tab](this.query);
  }
}

customElements.define('ac-stock', Stock);
