import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { act } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import './choices.js';

const letter = (one, words) => html`<h3>${words}</h3><p><strong dir="auto">${one.subject}</strong></p><p class="said" dir="auto">${one.text}</p>`;

/** Letters to a group of customers, in both languages; one writes, another sends, and only who said yes gets them. */
class Outreaches extends Register {
  route = 'outreaches';
  path = '/outreaches';
  icon = 'mail';

  doings() {
    return may('coordinator') ? html`<button class="primary" data-do="new" @click=${() => this.#write()}>${icon('plus')}${t('outreach.new')}</button>` : nothing;
  }

  #write() {
    act({
      title: t('outreach.new'), path: '/outreaches', shape: 'wide', done: () => this.list.run(),
      body: () => [
        field({ label: t('outreach.name'), name: 'name', required: true, maxlength: 200 }),
        pair(field({ label: t('customer.grade'), hint: t('outreach.all'), name: 'grade', maxlength: 31 }), field({ label: t('device.model'), hint: t('outreach.all'), name: 'product', maxlength: 64 })),
        pair(field({ label: t('outreach.subject.zh'), name: 'zhSubject', required: true, maxlength: 200 }), field({ label: t('outreach.subject.en'), name: 'enSubject', required: true, maxlength: 200 })),
        pair(area({ label: t('outreach.text.zh'), name: 'zhText', required: true, rows: 7, maxlength: 10000 }), area({ label: t('outreach.text.en'), name: 'enText', required: true, rows: 7, maxlength: 10000 })),
      ],
      change: (one) => ({ name: one.name, grade: one.grade, product: one.product, zh: { subject: one.zhSubject, text: one.zhText }, en: { subject: one.enSubject, text: one.enText } }),
    });
  }

  open(one) {
    ask({ title: one.name, shape: 'wide', body: () => html`<div class="pair"><div>${letter(one.zh, term('locale', 'zh'))}</div><div>${letter(one.en, term('locale', 'en'))}</div></div>` });
  }

  #send(one) {
    act({
      title: t('outreach.send'), confirm: t('outreach.send'), done: () => this.list.run(),
      body: () => html`<p>${t('outreach.send.why', { name: one.name })}</p>`, send: () => api.post(`/outreaches/${encodeURIComponent(one.id)}/send`),
    });
  }

  columns() {
    return [
      ['outreach.name', (one) => typed(one.name), 'wide'],
      ['outreach.to', (one) => [term('grade', one.grade), one.product].filter(Boolean).join(', ') || t('outreach.everybody'), 'nowrap'],
      ['outreach.author', (one) => one.author, 'nowrap'],
      ['outreach.letters', (one) => (one.sentAt ? number(one.letters) : '–'), 'num'],
      ['outreach.sent', (one) => (one.sentAt ? html`${ago(one.sentAt)}, ${one.sentBy}` : t('outreach.draft')), 'nowrap'],
      ['', (one) => (may('coordinator') && !one.sentAt && one.author !== user?.username ? html`<button data-do="send" @click=${() => this.#send(one)}>${t('outreach.send')}</button>` : nothing)],
    ];
  }
}

customElements.define('ac-outreaches', Outreaches);
