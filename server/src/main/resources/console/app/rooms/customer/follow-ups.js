import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { act } from '../../ui/edit.js';
import { area, choice, field } from '../../ui/field.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { options, scores } from './choices.js';
import { caseLink } from '../../ui/links.js';

/** The calls that customers were promised, the next due first. */
class FollowUps extends Register {
  route = 'follow-ups';
  path = '/follow-ups';
  icon = 'phone';
  events = ['ticket.noted', 'ticket.changed'];

  filters() {
    return [
      { name: 'state', label: t('followup.state'), options: options('followUp', ['open', 'done', 'cancelled']), fallback: 'open' },
      { name: 'due', label: t('followup.any'), options: [['true', t('followup.due.now')]] },
      { name: 'assignee', label: t('followup.assignee') },
    ];
  }

  #end(one, step, body, words) {
    act({ title: words, confirm: words, path: `/follow-ups/${encodeURIComponent(one.id)}/${step}`, body, done: () => this.list.run() });
  }

  #done(one) {
    act({
      title: t('followup.done'), confirm: t('followup.done'), done: () => this.list.run(),
      body: () => [area({ label: t('followup.result'), name: 'result', required: true, maxlength: 4000 }), choice({ label: t('followup.satisfaction'), hint: t('followup.satisfaction.hint'), name: 'satisfaction', options: scores() })],
      send: ({ result, satisfaction }) => api.post(`/follow-ups/${encodeURIComponent(one.id)}/done`, { result, satisfaction: satisfaction ? Number(satisfaction) : undefined }),
    });
  }

  columns() {
    const doing = may('agent', 'engineer', 'coordinator');
    return [
      ['followup.reason', (one) => html`${typed(one.reason)}<div class="muted small">${term('followUpKind', one.kind)}${one.result ? html` · ${typed(one.result)}` : nothing}</div>`, 'wide'],
      ['customer.case', (one) => (one.ticket ? caseLink(one.ticket) : '–'), 'nowrap'],
      ['customer.file', (one) => (one.customer ? html`<a class="mono" href=${href('customer', one.customer)}>${one.customer}</a>` : '–'), 'nowrap'],
      ['followup.assignee', (one) => one.assignee ?? '–', 'nowrap'],
      ['followup.state', (one) => badge('followUp', one.state)],
      ['followup.due', (one) => ago(one.due), 'nowrap'],
      ['', (one) => (doing && one.state === 'open' ? html`<span class="row nowrap"><button data-do="done" @click=${() => this.#done(one)}>${t('followup.done')}</button>
        <button class="plain" @click=${() => this.#end(one, 'cancel', () => field({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 1000 }), t('followup.cancel'))}>${t('followup.cancel')}</button></span>` : nothing)],
    ];
  }
}

customElements.define('ac-follow-ups', FollowUps);
