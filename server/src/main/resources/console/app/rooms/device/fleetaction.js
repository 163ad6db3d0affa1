import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { caseNumber, number, percent, span } from '../../core/format.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act, run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { empty, show } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { ago, at } from '../../ui/time.js';
import { outputOf } from './output.js';

const GATHER_MS = 700;
const TURNS = ['waiting', 'asked', 'succeeded', 'failed', 'unreached', 'skipped', 'cancelled'];

/** One action on many devices: its stages with their gate, the devices by what became of them, and the brakes. */
class FleetAction extends View {
  static properties = { actionId: {}, turn: { state: true } };
  turn = '';
  #action = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #devices = new Load(this, async (signal) => (await api.get(withQuery(`${this.#path()}/devices`, { state: this.turn, limit: 200 }), { signal })).items ?? []);
  #reload = gather(() => this.#again(), GATHER_MS);

  #path() {
    return `/fleet-actions/${encodeURIComponent(this.actionId)}`;
  }

  #again = () => Promise.all([this.#action.run(), this.#devices.run()]);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'fleet-action.changed' && data.id === this.actionId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.fleetactions', run: () => go('fleetactions') }]));
    this.#again();
  }

  updated() {
    title(this.#action.value && term('command', this.#action.value.action));
  }

  #step(action, step, words) {
    return run(() => api.post(`${this.#path()}/${step}`, undefined, { etag: `"${action.version}"` }).then(this.#again), words);
  }

  #why(action, step, words) {
    act({
      title: words, confirm: words, danger: step !== 'pause', path: `${this.#path()}/${step}`, etag: `"${action.version}"`, done: this.#again, words: t('fleet.done'),
      body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 }),
    });
  }

  #doings(action) {
    const engineer = may('engineer');
    const buttons = [];
    if (action.state === 'awaiting-approval' && engineer) {
      if (action.requestedBy === user.username) buttons.push(html`<span class="muted">${t('fleet.second')}</span>`);
      else buttons.push(html`<button class="primary" @click=${() => this.#step(action, 'approve', t('fleet.approved'))}>${icon('check')}${t('run.approve')}</button><button @click=${() => this.#why(action, 'reject', t('run.reject'))}>${t('run.reject')}</button>`);
    }
    if (action.state === 'running') {
      if (may('agent', 'engineer', 'coordinator', 'quality')) buttons.push(html`<button @click=${() => this.#why(action, 'pause', t('fleet.pause'))}>${icon('wait')}${t('fleet.pause')}</button>`);
      if (engineer && action.stages.some((one) => one.state === 'waiting')) buttons.push(html`<button @click=${() => this.#step(action, 'advance', t('fleet.advanced'))}>${icon('play')}${t('fleet.advance')}</button>`);
    }
    if (action.state === 'paused' && engineer) buttons.push(html`<button class="primary" @click=${() => this.#step(action, 'resume', t('fleet.resumed'))}>${icon('play')}${t('fleet.resume')}</button>`);
    if (['running', 'paused', 'awaiting-approval'].includes(action.state) && may('engineer', 'coordinator', 'quality')) buttons.push(html`<button class="danger" @click=${() => this.#why(action, 'abort', t('fleet.abort'))}>${icon('stop')}${t('fleet.abort')}</button>`);
    return buttons.length ? html`<div class="actionbar">${buttons}</div>` : nothing;
  }

  #stages(action) {
    return plainTable([
      ['fleet.stage', (one) => (one.count && one.number === 1 ? t('fleet.canary') : t('fleet.stage.of', { number: one.number, share: `${number(one.percent)} %` })), 'nowrap'],
      ['fleet.state', (one) => badge('stagestate', one.state)],
      ['fleet.progress', (one) => progress([['confirmed', one.success], ['failed', one.failure], ['moving', one.none]], one.devices, t('fleet.progress.words', { success: one.success, failure: one.failure, devices: one.devices })), 'meter'],
      ['fleet.success', (one) => `${number(one.success)} / ${number(one.devices)}`, 'num'],
      ['fleet.failure', (one) => number(one.failure), 'num'],
      ['fleet.when', (one) => (one.passedAt ?? one.openedAt ? ago(one.passedAt ?? one.openedAt) : '–'), 'nowrap'],
    ], action.stages ?? [], { caption: t('fleet.stages') });
  }

  #choose(turn) {
    this.turn = turn;
    this.#devices.run();
  }

  #turns(action) {
    const counts = action.counts ?? {};
    return html`<div class="body counts" role="group" aria-label=${t('fleet.bystate')}><button aria-pressed=${!this.turn} @click=${() => this.#choose('')}><b>${number(action.devices)}</b><span>${t('fleet.all')}</span></button>
      ${TURNS.filter((one) => counts[one]).map((one) => html`<button aria-pressed=${this.turn === one} @click=${() => this.#choose(one)}><b>${number(counts[one])}</b><span>${term('turn', one)}</span></button>`)}</div>
      ${show(this.#devices, (items) => (items.length ? plainTable([
        ['device.id', (one) => html`<a class="mono" href=${href('device', one.device, { tab: 'actions' })}>${one.device}</a>`],
        ['fleet.stage', (one) => one.stage, 'num'],
        ['fleet.state', (one) => badge('turn', one.state)],
        ['fleet.attempts', (one) => one.attempts || '–', 'num'],
        ['fleet.reason', (one) => typed(one.fault ? `${one.reason ?? ''} ${one.fault}` : one.reason)],
        ['fleet.when', (one) => (one.endedAt ? ago(one.endedAt) : one.nextTry && one.attempts ? html`${t('fleet.next')} ${at(one.nextTry)}` : one.askedAt ? ago(one.askedAt) : '–'), 'nowrap'],
      ], items, { caption: t('fleet.bystate') }) : empty('device', t('fleet.nobody'), '')))}`;
  }

  #facts(action) {
    const gate = action.gate ?? {};
    return facts([
      [t('fleet.why'), html`<span dir="auto">${action.why}</span>`], [t('run.by'), action.requestedBy], [t('run.decidedby'), action.decidedBy],
      [t('run.ticket'), action.ticket && html`<a href=${href('tickets', action.ticket)}>${caseNumber(action.ticket)}</a>`], [t('fleet.target'), action.target === 'true' ? t('fleet.target.all') : action.target && html`<code>${action.target}</code>`],
      [t('fleet.gate'), gate.success == null ? null : t('fleet.gate.words', { success: percent(gate.success, 1), error: percent(gate.error, 1), minimum: gate.minimum })],
      [t('fleet.soak'), gate.soak && (gate.soak === 'PT0S' ? t('fleet.soak.PT0S') : span(gate.soak))], [t('fleet.asked'), at(action.createdAt)], [t('fleet.deadline'), at(action.deadline)], [t('run.finished'), action.finishedAt && at(action.finishedAt)],
      [t('fleet.window'), action.window?.start && `${action.window.start} + ${span(action.window.duration)} ${action.window.zone ?? ''}`],
    ]);
  }

  render() {
    return html`<div class="page">${show(this.#action, (action) => html`
      <div class="headline"><div class="crumb"><a href=${href('fleetactions')}>${t('nav.fleetactions')}</a> / ${action.model}</div>
        <h1>${term('command', action.action)} · ${t('fleet.on', { count: number(action.devices), model: action.model })}</h1>
        <div class="row">${badge('fleetstate', action.state)}${action.reason ? html`<span dir="auto">${action.reason}</span>` : nothing}<span class="muted">${ago(action.createdAt)}</span></div></div>
      ${this.#doings(action)}
      <div class="columns"><div class="stack">${card(t('fleet.stages'), this.#stages(action), { flush: true })}${card(t('fleet.members'), this.#turns(action), { flush: true })}</div>
        <div class="stack">${card(t('device.facts'), this.#facts(action))}${action.params && Object.keys(action.params).length ? card(t('run.params'), outputOf(action.params)) : nothing}</div></div>`)}</div>`;
  }
}

customElements.define('ac-fleetaction', FleetAction);
