import { html } from 'lit';
import { View } from '../../core/view.js';
import { may } from '../../core/session.js';
import './means-lists.js';
import './oncall.js';
import './looks.js';

const PANES = { loaners: () => html`<ac-loaners></ac-loaners>`, partners: () => html`<ac-partners></ac-partners>`, tools: () => html`<ac-tools></ac-tools>`, 'on-call': () => html`<ac-oncall></ac-oncall>`, gaps: () => html`<ac-gaps></ac-gaps>` };
const FOR_PARTNERS = ['loaners', 'partners'];

/** What service work needs besides people and parts: loaners, partner firms, tools, who answers the line, and what no warranty policy is for. */
class Means extends View {
  static properties = { tab: {} };

  render() {
    const inside = may('agent', 'engineer', 'coordinator', 'quality', 'auditor');
    return (inside || FOR_PARTNERS.includes(this.tab) ? PANES[this.tab] ?? PANES.partners : PANES.partners)();
  }
}

customElements.define('ac-means', Means);
