import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { day, exact, number } from '../../core/format.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act, edit, lines, run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { complain } from '../../ui/toast.js';
import { at } from '../../ui/time.js';
import { levelWords } from './emergencies.js';
import { actionsCard } from './improvements.js';
import { saidOf } from './told.js';

const GATHER_MS = 500;
const KINDS = ['note', 'call', 'message', 'decision'];
const KIND_ICONS = { call: 'phone', message: 'mail', decision: 'check', note: 'note' };
const WRITES = ['agent', 'engineer', 'coordinator', 'quality'];

/** One emergency: its level and who leads it, the log of what was said and decided, what is to be done, what stands ready. */
class Emergency extends View {
  static properties = { emergencyId: {} };
  #emergency = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #reload = gather(() => this.#emergency.run(), GATHER_MS);
  #done = () => this.#emergency.run();

  #path() {
    return `/emergencies/${encodeURIComponent(this.emergencyId)}`;
  }

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'emergency.changed' && String(data.id) === this.emergencyId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.emergencies', run: () => go('emergencies') }, { key: 'n', label: 'key.log', run: () => this.querySelector('.log-form textarea')?.focus() }]));
    this.#emergency.restart();
  }

  updated() {
    title(this.#emergency.value?.title);
  }

  #leads(one) {
    return may('coordinator') || one.commander === user.username;
  }

  #move(one, to) {
    act({
      title: t(`emergency.to.${to}`), confirm: t(`emergency.to.${to}`), path: `${this.#path()}/transitions`, done: this.#done,
      body: () => html`${area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 2000, rows: 2 })}
        ${to === 'review' ? area({ label: t('emergency.outcome'), name: 'outcome', required: true, maxlength: 4000, value: one.outcome, hint: t('emergency.outcome.hint') }) : nothing}
        ${to === 'closed' ? area({ label: t('emergency.review'), name: 'review', required: true, maxlength: 20000, value: one.review, hint: t('emergency.review.hint') }) : nothing}`,
      change: (values) => ({ ...values, to }),
    });
  }

  #edit() {
    edit({
      title: t('emergency.edit'), path: this.#path(), method: 'patch', done: this.#done,
      body: (one) => html`${field({ label: t('emergency.title'), name: 'title', required: true, maxlength: 200, value: one.title })}
        ${pair(choice({ label: t('emergency.level'), name: 'level', required: true, value: one.level, options: [1, 2, 3, 4].map((level) => [level, levelWords(level)]) }), field({ label: t('emergency.commander'), name: 'commander', value: one.commander, maxlength: 100 }))}
        ${field({ label: t('emergency.incident'), name: 'incident', value: one.incident, maxlength: 40 })}
        ${area({ label: t('emergency.devices'), name: 'devices', value: one.devices.join('\n'), hint: t('emergency.devices.hint'), mono: true })}`,
      change: (values) => ({ title: values.title, level: Number(values.level), commander: values.commander || null, incident: values.incident || null, devices: lines(values.devices) }),
    });
  }

  #doings(one) {
    if (!this.#leads(one) || one.state === 'closed') return nothing;
    return html`<div class="actionbar">${(one.transitions ?? []).map((to, i) => html`<button class=${i === 0 ? 'primary' : ''} @click=${() => this.#move(one, to)}>${t(`emergency.to.${to}`)}</button>`)}
      <button @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>
      ${one.commander === user.username ? nothing : html`<button @click=${() => run(() => api.patch(this.#path(), { commander: user.username }, { etag: `"${one.version}"` }).then(this.#done), t('emergency.led'))}>${icon('person')}${t('emergency.lead')}</button>`}</div>`;
  }

  async #write(event) {
    event.preventDefault();
    const form = event.target;
    try {
      await api.post(`${this.#path()}/log`, Object.fromEntries(new FormData(form)));
      form.elements.text.value = '';
      await this.#done();
    } catch (failure) {
      complain(failure);
    }
  }

  #sent(event) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.target.form.requestSubmit();
  }

  #entry(one) {
    return html`<li><span class="dot ${one.kind === 'decision' ? 'good' : KIND_ICONS[one.kind] ? 'info' : ''}">${icon(KIND_ICONS[one.kind] ?? 'play')}</span><div>
      <div class="line"><div class="what"><strong>${term('logkind', one.kind)}</strong><span class="muted">${one.author}</span></div><span class="muted small">${at(one.at)}</span></div>
      <div class="entry" dir="auto">${saidOf(one)}</div></div></li>`;
  }

  #log(one) {
    const writes = one.state !== 'closed' && may(...WRITES);
    return card(t('emergency.log'), html`${writes ? html`<form class="log-form" @submit=${this.#write}>
        <select class="slim" name="kind" aria-label=${t('emergency.kind')}>${KINDS.map((kind) => html`<option value=${kind}>${term('logkind', kind)}</option>`)}</select>
        <textarea class="grow" name="text" rows="2" required maxlength="4000" dir="auto" aria-label=${t('emergency.write')} placeholder=${t('emergency.write')} @keydown=${this.#sent}></textarea>
        <button class="primary">${t('emergency.write.do')}</button></form>` : nothing}
      ${one.log?.length ? html`<ol class="timeline">${[...one.log].reverse().map((entry) => this.#entry(entry))}</ol>` : empty('note', t('emergency.log.none'), t('emergency.log.next'))}`);
  }

  #ready({ resources }) {
    if (!resources) return nothing;
    return card(t('emergency.ready'), html`${facts([[t('emergency.level'), levelWords(resources.level)], [t('emergency.tell'), resources.tell.map((one) => term('role', one)).join(', ')], [t('emergency.budget'), resources.budget ? number(resources.budget) : null]])}
      <ul class="mini">${resources.teams.map((team) => html`<li><strong>${team.name}</strong><span class="muted">${team.members.join(', ')}</span></li>`)}${resources.contacts.map((one) => html`<li>${icon('phone')}<span class="grow" dir="auto">${one.name}</span><span class="muted">${one.reach}</span></li>`)}</ul>
      <a href=${href('levels')}>${t('nav.levels')}</a>`);
  }

  #facts(one) {
    return card(t('incident.facts'), facts([
      [t('emergency.commander'), one.commander ?? t('incident.nobody')],
      [t('emergency.openedby'), one.openedBy], [t('emergency.opened'), at(one.openedAt)], [t('emergency.closed'), one.closedAt && at(one.closedAt)],
      [t('emergency.incident'), one.incident && html`<a class="mono" href=${href('incident', one.incident)}>${one.incident}</a>`],
      [t('emergency.drill'), one.drill && html`<a href=${href('drill', one.drill)}>${one.drill}</a>`],
      [t('emergency.devices'), one.devices.length ? html`<span class="row">${one.devices.map((id) => html`<a class="mono" href=${href('device', id)}>${id}</a>`)}</span>` : null],
      [t('emergency.outcome'), one.outcome && html`<span dir="auto">${one.outcome}</span>`], [t('emergency.review'), one.review && html`<span dir="auto">${one.review}</span>`],
    ]));
  }

  render() {
    return html`<div class="page">${show(this.#emergency, (one) => html`
      <div class="headline"><div class="crumb"><a href=${href('emergencies')}>${t('nav.emergencies')}</a> / ${day(one.openedAt)}</div>
        <h1 dir="auto">${one.title}</h1>
        <div class="row">${badge('level', one.level)}${badge('emergency', one.state)}${one.drill ? html`<span class="badge">${icon('calendar')}${t('emergency.drill')}</span>` : nothing}
          <span>${one.commander ? t('emergency.leads', { name: one.commander }) : t('emergency.noleader')}</span><span class="muted">${t('emergency.since', { when: exact(one.since) })}</span></div>
        ${one.description ? html`<p dir="auto">${one.description}</p>` : nothing}</div>
      ${this.#doings(one)}
      <div class="columns"><div class="stack">${this.#log(one)}</div>
        <div class="stack">${actionsCard(one.actions ?? [], { path: may(...WRITES) && one.state !== 'closed' ? `${this.#path()}/actions` : null, done: this.#done })}${this.#facts(one)}${this.#ready(one)}</div></div>`)}</div>`;
  }
}

customElements.define('ac-emergency', Emergency);
