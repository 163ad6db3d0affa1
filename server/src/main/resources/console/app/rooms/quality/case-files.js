import { html, nothing } from 'lit';
import { bytes, day } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { act, edit, moment } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { Register } from '../../ui/register.js';
import { caseLink } from '../../ui/links.js';

const CLASSES = ['complaint', 'return', 'repair', 'remote', 'enquiry'];
dress({ caseFile: { archived: ['good', 'book'], destroyed: ['calm', 'off'] } });

/** The archive's register: every closed case's file, as it was when it was closed. */
class CaseFiles extends Register {
  route = 'case-files';
  path = '/case-files';
  icon = 'book';
  under = 'quality';

  filters() {
    return [
      { name: 'class', label: t('file.class'), options: CLASSES.map((one) => [one, term('fileClass', one)]) },
      { name: 'state', label: t('file.state'), options: ['archived', 'destroyed'].map((one) => [one, term('caseFile', one)]) },
      { name: 'device', label: t('device.id') },
      { name: 'customer', label: t('device.customer') },
    ];
  }

  #lend(one) {
    act({
      title: t('loan.new'), path: `/case-files/${one.id}/loans`, confirm: t('loan.lend'), words: t('loan.lent'),
      body: () => [pair(field({ label: t('loan.borrower'), name: 'borrower', required: true, maxlength: 100 }), field({ label: t('loan.until'), name: 'until', type: 'date', required: true })), area({ label: t('loan.why'), name: 'why', required: true, maxlength: 500 })],
      change: (values) => ({ ...values, until: moment(values.until) }),
    });
  }

  #keep(one) {
    edit({
      title: t('file.keep'), path: `/case-files/${one.id}`, method: 'patch', done: () => this.list.run(),
      body: (first) => [field({ label: t('file.custodian'), name: 'custodian', value: first.custodian, required: true, maxlength: 100 }), field({ label: t('file.until'), name: 'keepUntil', type: 'date', value: first.keepUntil.slice(0, 10), required: true, hint: t('file.until.hint') })],
      change: (values, first) => ({ custodian: values.custodian, ...(values.keepUntil === first.keepUntil.slice(0, 10) ? {} : { keepUntil: moment(values.keepUntil) }) }),
    });
  }

  columns() {
    return [
      ['file.ticket', (one) => html`${caseLink(one.ticket)}${one.revision > 1 ? html` <span class="muted small">${t('file.revision', { n: one.revision })}</span>` : nothing}`, 'nowrap'],
      ['file.class', (one) => term('fileClass', one.class), 'nowrap'], ['file.state', (one) => badge('caseFile', one.state)], ['device.id', (one) => html`<a class="mono" href=${href('device', one.device)}>${one.device}</a>`, 'nowrap'], ['group.region', (one) => one.region || '–', 'nowrap'],
      ['file.closed', (one) => day(one.closedAt), 'nowrap'], ['file.until', (one) => day(one.keepUntil), 'nowrap'], ['file.custodian', (one) => one.custodian, 'nowrap'], ['file.size', (one) => html`<span title="SHA-256 ${one.sha256}">${bytes(one.bytes)}</span>`, 'num'],
      [null, (one) => (one.state === 'archived' ? html`<span class="row nowrap"><a class="button" target="_blank" rel="noopener" href=${`/api/v1/case-files/${one.id}/content`}>${icon('eye')}${t('file.read')}</a>
        ${may('coordinator', 'quality') ? menu(t('file.more'), html`<button @click=${() => this.#lend(one)}>${t('loan.lend')}</button>${may('quality') ? html`<button @click=${() => this.#keep(one)}>${t('file.keep')}</button>` : nothing}`) : nothing}</span>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-case-files', CaseFiles);
