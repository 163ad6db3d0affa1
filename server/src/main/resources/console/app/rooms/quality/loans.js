import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { run } from '../../ui/edit.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';

dress({ loanState: { out: ['info', 'out'], overdue: ['critical', 'alert'], returned: ['calm', 'done'] } });
const standing = (one) => (one.returnedAt ? 'returned' : Date.parse(one.until) < Date.now() ? 'overdue' : 'out');

/** Who has borrowed which archived file, and who is late. */
class CaseFileLoans extends Register {
  route = 'case-file-loans';
  path = '/case-file-loans';
  icon = 'out';
  under = 'quality';

  filters() {
    return [{ name: 'state', label: t('loan.state'), options: ['out', 'overdue', 'returned'].map((one) => [one, term('loanState', one)]) }];
  }

  #return(one) {
    return run(async () => {
      await api.post(`/case-file-loans/${one.id}/return`);
      await this.list.run();
    }, t('loan.returned'));
  }

  columns() {
    return [
      ['loan.state', (one) => badge('loanState', standing(one))], ['loan.file', (one) => html`<span class="mono">${one.file}</span>`], ['loan.borrower', (one) => one.borrower, 'nowrap'], ['loan.why', (one) => typed(one.why), 'wide'],
      ['loan.lentBy', (one) => `${one.lentBy}, ${day(one.lentAt)}`, 'muted nowrap'], ['loan.until', (one) => day(one.until), 'nowrap'], ['loan.back', (one) => (one.returnedAt ? day(one.returnedAt) : '–'), 'nowrap'],
      [null, (one) => (one.returnedAt ? nothing : html`<button @click=${() => this.#return(one)}>${t('loan.return')}</button>`), 'nowrap'],
    ];
  }
}

customElements.define('ac-case-file-loans', CaseFileLoans);
