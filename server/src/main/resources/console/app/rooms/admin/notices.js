import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { current } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { caseLink } from '../../ui/links.js';

const STATES = ['queued', 'sent', 'failed', 'suppressed'];
dress({ noticeState: { queued: ['info', 'clock'], sent: ['good', 'done'], failed: ['critical', 'error'], suppressed: ['calm', 'off'] } });

/** What one was told; who may see it, what everybody was told. */
class Notices extends Register {
  route = 'notices';
  path = '/notices';
  icon = 'bell';
  under = 'settings';
  events = ['notice'];

  filters() {
    return [
      { name: 'mine', label: t('notice.whose'), fallback: 'true', options: [['true', t('notice.mine')], ...(may('coordinator', 'auditor') ? [['false', t('notice.all')]] : [])] },
      { name: 'state', label: t('sla.state'), options: STATES.map((one) => [one, term('noticeState', one)]) },
      { name: 'unread', label: t('notice.read.all'), options: [['true', t('notice.unread')]] },
    ];
  }

  #read(one) {
    return run(async () => {
      await api.post(`/notices/${one.id}/read`);
      await this.list.run();
    }, t('notice.marked'));
  }

  #unread() {
    return (current().query.get('mine') ?? 'true') === 'true' ? this.items().filter((one) => !one.readAt) : [];
  }

  #readAll(unread) {
    return run(async () => {
      for (const one of unread) await api.post(`/notices/${one.id}/read`);
      await this.list.run();
    }, t('notice.marked.all', { n: unread.length }));
  }

  doings() {
    const unread = this.#unread();
    return unread.length > 1 ? html`<button data-do="read-all" @click=${() => this.#readAll(unread)}>${icon('check')}${t('notice.readAll', { n: unread.length })}</button>` : nothing;
  }

  #retry(one) {
    return run(async () => {
      await api.post(`/notices/${one.id}/retry`);
      await this.list.run();
    }, t('notice.retried'));
  }

  columns() {
    const mine = current().query.get('mine') !== 'false';
    return [
      ['notice.at', (one) => ago(one.createdAt), 'nowrap'],
      ['notice.subject', (one) => html`<details><summary class=${mine && !one.readAt ? 'unread' : ''}>${one.subject}</summary><p class="said" dir="auto">${one.text}</p></details>`, 'wide'],
      ['notice.to', (one) => html`${one.addressee} <span class="muted small">${term('noticeChannel', one.channel)}</span>`, 'nowrap'], ['sla.state', (one) => html`${badge('noticeState', one.state)}${one.reason ? html` <span class="muted small">${one.reason}</span>` : nothing}`],
      ['mail.ticket', (one) => (one.ticket ? caseLink(one.ticket) : '–'), 'nowrap'],
      [null, (one) => html`${mine && !one.readAt ? html`<button class="plain" @click=${() => this.#read(one)}>${t('notice.read')}</button>` : nothing}${['failed', 'suppressed'].includes(one.state) && may('coordinator') ? html`<button @click=${() => this.#retry(one)}>${t('notice.retry')}</button>` : nothing}`, 'nowrap'],
    ];
  }
}

customElements.define('ac-notices', Notices);
