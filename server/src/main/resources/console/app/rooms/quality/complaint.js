import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { day } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { STATES } from './complaint-words.js';
import { actionDialog, causeDialog, editDialog, noteDialog, stepDialog } from './complaint-dialogs.js';
import { actionsCard } from './complaint-actions.js';
import { historyCard } from './history.js';
import { caseLink } from '../../ui/links.js';

const GATHER_MS = 500;

/** One complaint on its way: what was found, why it happened, what is done against it, and what was told to the customer. */
class Complaint extends View {
  static properties = { complaintId: {} };
  #load = new Load(this, (signal) => api.get(`/complaints/${encodeURIComponent(this.complaintId)}`, { signal }));
  #reload = gather(() => this.#load.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'complaint.changed' && String(data.id) === this.complaintId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.#load.restart();
  }

  updated() {
    const one = this.#load.value;
    title(one ? `${one.number} ${one.title}` : t('nav.complaints'));
  }

  #steps(one) {
    const at = STATES.indexOf(one.state);
    return html`<ol class="way" aria-label=${t('complaint.way')}>${STATES.map((state, index) => html`<li class=${index < at ? 'past' : ''} aria-current=${index === at ? 'step' : nothing}>${term('complaintState', state)}</li>`)}</ol>`;
  }

  #bar(one, again) {
    const far = (state) => STATES.indexOf(state);
    const forward = may('agent', 'coordinator', 'quality') ? [...one.transitions].sort((a, b) => far(b) - far(a)) : [];
    return html`<div class="actionbar" role="toolbar" aria-label=${t('table.actions')}>
      ${forward.map((to, index) => html`<button data-to=${to} class=${index === 0 && far(to) > far(one.state) ? 'primary' : ''} @click=${() => stepDialog(one, to, again)}>${t(`complaint.to.${to}`)}</button>`)}
      ${may('coordinator', 'quality', 'engineer') && one.state !== 'closed' ? html`<button data-do="cause" @click=${() => causeDialog(one, again)}>${icon('search')}${t('complaint.cause')}</button>` : nothing}
      ${may('coordinator', 'quality') && one.state !== 'closed' ? html`<button data-do="action" @click=${() => actionDialog(one, again)}>${icon('wrench')}${t('complaint.action.new')}</button>` : nothing}
      ${may('agent', 'engineer', 'coordinator', 'quality') ? html`<button data-do="note" @click=${() => noteDialog(one, again)}>${icon('note')}${t('complaint.update')}</button>` : nothing}
      ${may('agent', 'coordinator', 'quality') && one.state !== 'closed' ? html`<button class="right" data-do="edit" @click=${() => editDialog(one, again)}>${icon('edit')}${t('complaint.assign')}</button>` : nothing}
    </div>`;
  }

  #facts(one) {
    return facts([
      [t('complaint.owner'), one.owner],
      [t('complaint.channel'), term('complaintChannel', one.channel)],
      [t('complaint.at'), html`${ago(one.loggedAt)}, ${one.loggedBy}`],
      [t('complaint.ticket'), one.ticket && caseLink(one.ticket)],
      [t('device.id'), one.device && html`<a class="mono" href=${href('device', one.device)}>${one.device}</a>`],
      [t('rate.model'), one.product],
      [t('complaint.justified'), one.justified == null ? null : term('justified', String(one.justified))],
      [t('complaint.satisfaction'), one.satisfaction && `${one.satisfaction} / 5`],
      [t('complaint.answered'), one.answeredAt && day(one.answeredAt)],
      [t('complaint.closed'), one.closedAt && day(one.closedAt)],
    ]);
  }

  #said(word, text) {
    return text ? html`<div><h3>${t(word)}</h3><p class="said" dir="auto">${text}</p></div>` : nothing;
  }

  render() {
    const again = () => this.#load.run();
    return html`<div class="page">${show(this.#load, (one) => html`
      <div class="headline">
        <div class="crumb"><a href=${href('complaints')}>${t('nav.complaints')}</a> / <span class="mono">${one.number}</span></div>
        <h1 dir="auto">${one.title}</h1>
        <div class="row">${badge('complaintState', one.state)}${badge('complaintSeverity', one.severity)}<span class="muted">${term('complaintClass', one.class)}</span>
          ${one.recurrences > 0 ? html`<span class="badge warning">${icon('retry')}${t('complaint.recurrences', { n: one.recurrences })}</span>` : nothing}</div>
        ${this.#steps(one)}
      </div>
      ${this.#bar(one, again)}
      ${one.missing ? html`<p class="need">${icon('info')}<span>${t('complaint.missing')} ${one.missingCode ? term('complaintMissing', one.missingCode) : one.missing}</span></p>` : nothing}
      <div class="columns">
        <div class="stack">
          ${one.description || one.finding || one.rootCause || one.writtenReply ? card(t('complaint.case'), html`<div class="stack">${this.#said('complaint.description', one.description)}${this.#said('complaint.finding', one.finding)}
            ${this.#said('complaint.rootCause', one.rootCause && `${one.rootCause} (${one.causeCode})`)}${this.#said('complaint.reply', one.writtenReply)}</div>`) : nothing}
          ${actionsCard(one, again)}
          ${historyCard(one.history)}
        </div>
        <div class="stack">${card(t('complaint.facts'), this.#facts(one))}</div>
      </div>`)}</div>`;
  }
}

customElements.define('ac-complaint', Complaint);
