import { html, nothing } from 'lit';
import { View } from '../../../core/view.js';
import { api } from '../../../core/api.js';
import { onEvent } from '../../../core/live.js';
import { gather, Load } from '../../../core/load.js';
import { number } from '../../../core/format.js';
import { t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { empty } from '../../../ui/states.js';
import { icon } from '../../../ui/icons.js';
import { ago } from '../../../ui/time.js';
import { said } from './says.js';
import { details, folded, GROUPS, look, together, unrepeated, voice } from './thread-shape.js';

/** An event of a device is known by its code, where that is one of the usual ones. */
const kindOf = ({ kind, data }) => (kind === 'event' && ['boot', 'crash'].includes(data?.code) ? data.code : kind);
const SHOWN = 40;
const GATHER_MS = 2_000;
const READ = 200;

/** Everything that happened to a case and to its device meanwhile, the newest first, filterable by what it was about. Fires `shown` with the filter. */
class Thread extends View {
  static properties = { ticket: { attribute: false }, group: {}, all: { state: true } };
  #device = new Load(this, (signal) => this.#fetch(signal));
  #reload = gather(() => this.#device.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'device.changed' && data.id === this.ticket.device)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    if (this.ticket.device && this.ticket.matched !== false) this.#device.run();
  }

  /** What the device did; where that may not be read the case's own timeline stands alone. */
  async #fetch(signal) {
    return (await api.get(`/devices/${encodeURIComponent(this.ticket.device)}/timeline?limit=${READ}`, { signal })).items ?? [];
  }

  #choose(group) {
    this.group = group;
    this.dispatchEvent(new CustomEvent('shown', { detail: group }));
  }

  #facts(entry) {
    const all = details(entry);
    return all.length ? html`<div class="flat muted small">${all.map(([group, name, value]) => html`<span>${group ? term(group, name) : name} <b>${typeof value === 'number' ? number(value) : value}</b></span>`)}</div>` : nothing;
  }

  #said(entry, how) {
    return html`<li class="said-by ${how}" data-kind=${entry.kind} data-voice=${how}>
      <span class="dot ${how === 'note' ? 'warning' : 'info'}">${icon(how === 'note' ? 'lock' : how === 'customer' ? 'person' : 'mail')}</span>
      <div><div class="line"><div class="what"><strong>${how === 'customer' ? t('thread.customer') : entry.actor}</strong><span class="muted small">${t(`thread.${how}`)}${entry.data?.contact === true && how !== 'customer' ? html` · ${t('thread.contact')}` : nothing}</span></div><span class="muted small">${ago(entry.at)}</span></div>
        <div class="said" dir="auto">${entry.data?.says ? said(entry, this.ticket).text : entry.text}</div></div></li>`;
  }

  #line(entry) {
    const how = voice(entry);
    if (how !== 'line') return this.#said(entry, how);
    const [tone, shape] = look(entry);
    const { text, words } = said(entry, this.ticket);
    return html`<li data-kind=${entry.kind}>
      <span class="dot ${tone}">${icon(shape)}</span>
      <div><div class="line"><div class="what"><strong>${term('kind', kindOf(entry))}</strong>${entry.kind === 'transition' && entry.data?.to ? badge('ticket', entry.data.to) : nothing}${text ? html`<span dir="auto">${text}</span>` : nothing}${words ? html`<q dir="auto">${words}</q>` : nothing}${entry.times > 1 ? html`<span class="muted">× ${entry.times}</span>` : nothing}
        ${entry.actor && entry.actor !== 'system' ? html`<span class="muted">${entry.actor}</span>` : nothing}</div><span class="muted small">${ago(entry.at)}</span></div>${this.#facts(entry)}</div></li>`;
  }

  render() {
    const entries = together(this.ticket, this.#device.value);
    const groups = GROUPS.filter((group) => entries.some((entry) => look(entry)[2] === group));
    const group = groups.includes(this.group) ? this.group : '';
    const chosen = folded(unrepeated(entries.filter((entry) => !group || look(entry)[2] === group)));
    const shown = this.all ? chosen : chosen.slice(0, SHOWN);
    return html`<section class="card">
      <header><h2>${t('timeline.title')}</h2>
        <div class="tabs right" role="group" aria-label=${t('thread.filter')}>${['', ...groups].map((one) => html`<button aria-pressed=${one === group} @click=${() => this.#choose(one)}>${t(`thread.group.${one || 'all'}`)}</button>`)}</div></header>
      ${shown.length ? html`<ol class="body timeline thread">${shown.map((one) => this.#line(one))}</ol>` : empty('clock', t('timeline.empty'), t('timeline.empty.next'))}
      ${chosen.length > shown.length ? html`<div class="more"><button @click=${() => (this.all = true)}>${t('thread.earlier', { count: chosen.length - shown.length })}</button></div>` : nothing}
    </section>`;
  }
}

customElements.define('ac-thread', Thread);
