import { html, nothing } from 'lit';
import { number, percent } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { filled } from '../../ui/edit.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { failed } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { at } from '../../ui/time.js';
import { Detail } from './detail.js';
import { drop, keep, kept } from './keep.js';
import { learnNames, partLink, placeName } from './names.js';

function difference(one) {
  if (one.counted == null || one.booked == null) return '–';
  const less = one.counted - one.booked;
  return less === 0 ? html`<span class="tone-good">${icon('check')} 0</span>` : html`<strong class="tone-critical">${less > 0 ? '+' : '−'}${number(Math.abs(less))}</strong>`;
}

/** One count of a place: the sheet without the booked numbers, then the differences, then somebody else's decision. */
class CountPage extends Detail {
  parent = 'stock';
  #failure = null;
  #busy = false;

  path() {
    return `/stock-counts/${encodeURIComponent(this.itemId)}`;
  }

  up() {
    return ['stock', 'counts'];
  }

  pick(data) {
    return { ...data, number: `#${data.id}` };
  }

  async more(_, signal) {
    await learnNames(signal);
    return {};
  }

  name(one) {
    return t('count.title', { number: one.id });
  }

  get #draft() {
    return `count-${this.itemId}`;
  }

  async #enter(event) {
    event.preventDefault();
    const values = Object.fromEntries(new FormData(event.target));
    const lines = this.one.lines.map((line, i) => filled({ part: line.part, batch: line.batch, counted: Number(values[`line${i}`]) }));
    [this.#busy, this.#failure] = [true, null];
    this.requestUpdate();
    try {
      await this.send('/lines', { lines }, 'put');
      drop(this.#draft);
      say(t('count.entered'));
    } catch (failure) {
      this.#failure = failure;
    }
    this.#busy = false;
    this.requestUpdate();
  }

  #decide(approved) {
    this.form({ title: t(approved ? 'count.approve.title' : 'count.reject.title'), step: '/decision', confirm: t(approved ? 'count.approve' : 'count.reject'), danger: !approved, words: t(approved ? 'count.approved' : 'count.rejected'),
      body: () => area({ label: t('order.reason'), name: 'reason', required: !approved, maxlength: 1000 }), change: ({ reason }) => ({ approved, reason }) });
  }

  #actions(one) {
    if (one.state !== 'counted') return nothing;
    const own = one.countedBy === user?.username;
    return html`<div class="actionbar" role="toolbar" aria-label=${t('order.actions')}>
      ${may('coordinator') && !own ? html`<button class="primary" data-do="approve" @click=${() => this.#decide(true)}>${icon('check')}${t('count.approve')}</button><button class="danger" data-do="reject" @click=${() => this.#decide(false)}>${t('count.reject')}</button>`
        : html`<span class="row muted">${icon('wait')}${t(own ? 'count.own' : 'requisition.waits')}</span>`}
    </div>`;
  }

  #sheet(one) {
    const open = one.state === 'open' && may('engineer', 'coordinator');
    const values = open ? kept(this.#draft) : {};
    return html`<form class="card" @input=${(event) => keep(this.#draft, event.currentTarget)} @submit=${(event) => this.#enter(event)}>
      <div class="scroll-x" tabindex="0"><table class="list">
        <thead><tr><th scope="col">${t('repair.part')}</th><th scope="col">${t('move.batch')}</th>${open ? nothing : html`<th scope="col" class="num">${t('count.booked')}</th>`}<th scope="col" class="num">${t('count.counted')}</th>${open ? nothing : html`<th scope="col" class="num">${t('count.difference')}</th>`}</tr></thead>
        <tbody>${one.lines.map((line, i) => html`<tr><td class="wide">${partLink(line.part)}</td><td class="mono">${line.batch || '–'}</td>${open ? nothing : html`<td class="num">${number(line.booked)}</td>`}
          <td class="num">${open ? html`<input class="few" type="number" min="0" max="1000000" required name=${`line${i}`} .value=${values[`line${i}`] ?? ''} aria-label="${t('count.counted')}: ${line.part} ${line.batch}">` : number(line.counted)}</td>${open ? nothing : html`<td class="num">${difference(line)}</td>`}</tr>`)}</tbody>
      </table></div>
      ${open ? html`<footer class="body row"><span class="muted grow">${t('count.blind')}</span><button class="primary" data-do="enter" ?disabled=${this.#busy}>${t('count.enter')}</button></footer>` : nothing}
      ${this.#failure ? failed(this.#failure) : nothing}
    </form>`;
  }

  draw(one) {
    return html`
      <div class="headline"><h1><span dir="auto">${placeName(one.location)}</span> <span class="muted">${this.name(one)}</span></h1>
        <div class="row">${badge('countState', one.state)}${one.accuracy == null || !one.lines.length ? nothing : html`<span>${t('count.agrees', { share: percent(one.accuracy, 1) })}</span>`}
          <span class="muted">${t('count.openedby', { by: one.createdBy })} ${at(one.createdAt)}</span>
          ${one.countedBy ? html`<span class="muted">${t('count.countedby.at', { by: one.countedBy })} ${at(one.countedAt)}</span>` : nothing}
          ${one.decidedBy ? html`<span class="muted">${t('count.decidedby.at', { by: one.decidedBy })} ${at(one.decidedAt)}</span>` : nothing}${one.reason ? html`<q dir="auto">${one.reason}</q>` : nothing}</div></div>
      ${this.#actions(one)}${this.#sheet(one)}`;
  }
}

customElements.define('ac-count', CountPage);
