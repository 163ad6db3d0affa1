import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bytes, number } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act, run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { caseLink } from '../../ui/links.js';
import { empty, show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';
import { awayNotice, ticketChoice } from './device-action.js';
import { DeviceTab } from './device-tab.js';
import './recording.js';
import './terminal.js';

const COLUMNS = 100;
const ROWS = 28;

/** Remote shells on a device: asking for one, the second person's yes, the terminal while it is open, and what was recorded. */
class DeviceShell extends DeviceTab {
  static properties = { chosen: { state: true } };
  #shells = this.whole(async (signal) => (await api.get(`/shells?device=${encodeURIComponent(this.device.id)}&limit=50`, { signal })).items ?? []);

  opened() {
    this.chosen = this.said().shell;
  }

  get #done() {
    return () => this.again();
  }

  #choose(id) {
    this.chosen = id;
    this.remember({ shell: id });
  }

  #ask() {
    act({
      title: t('shell.ask.of', { device: this.device.id }), path: `${this.path}/shells`, confirm: t('shell.ask'), danger: true, words: t('shell.asked'),
      body: () => html`${awayNotice(this.device)}<p class="muted">${t('shell.what')}</p>${ticketChoice(this.tickets, true)}
        ${area({ label: t('run.why'), name: 'why', required: true, maxlength: 500, rows: 2 })}
        ${pair(field({ label: t('shell.minutes'), name: 'minutes', type: 'number', min: 1, max: 30, value: 10, required: true }), field({ label: t('run.confirm', { device: this.device.id }), name: 'confirm', required: true }))}`,
      change: (values) => ({ ...values, minutes: Number(values.minutes), columns: COLUMNS, rows: ROWS }),
      done: async (shell) => {
        this.#choose(shell.id);
        await this.again();
      },
    });
  }

  #post(shell, step, words) {
    return run(() => api.post(`/shells/${encodeURIComponent(shell.id)}/${step}`, step === 'approve' || step === 'close' ? undefined : {}).then(this.#done), words);
  }

  #reject(shell) {
    act({
      title: t('run.reject'), path: `/shells/${encodeURIComponent(shell.id)}/reject`, confirm: t('run.reject'), danger: true, done: this.#done,
      body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 }),
    });
  }

  #doings(shell) {
    if (!may('engineer') || shell.state === 'closed') return nothing;
    const mine = shell.requestedBy === user.username;
    return html`${shell.state === 'requested' && !mine ? html`<button class="primary" @click=${() => this.#post(shell, 'approve', t('shell.approved'))}>${t('run.approve')}</button><button @click=${() => this.#reject(shell)}>${t('run.reject')}</button>` : nothing}
      ${mine ? html`<button @click=${() => this.#post(shell, 'close', t('shell.closed'))}>${t(shell.state === 'requested' ? 'run.take' : 'shell.close')}</button>`
        : shell.state === 'requested' ? nothing : html`<button class="danger" @click=${() => this.#post(shell, 'kill', t('shell.killed'))}>${icon('stop')}${t('shell.kill')}</button>`}`;
  }

  #row(one, chosen) {
    return html`<li class=${one === chosen ? 'chosen' : ''}><button class="plain grow start" aria-pressed=${one === chosen} @click=${() => this.#choose(one.id)}><span class="grow start">
      <span class="cut" dir="auto" title=${one.why}>${one.why}</span><span class="muted small cut">${one.requestedBy}${one.decidedBy ? html` · ${t('shell.by', { by: one.decidedBy })}` : nothing} · ${ago(one.createdAt)}</span></span></button>${badge('shell', one.state)}</li>`;
  }

  /** What a second person decides on, and later what the recording is of. */
  #about(shell) {
    return html`<div class="shell-about">${facts([
      [t('run.why'), html`<span dir="auto">${shell.why}</span>`],
      [t('run.by'), html`${shell.requestedBy} · ${ago(shell.createdAt)}`],
      [t('run.decidedby'), shell.decidedBy],
      [t('run.ticket'), caseLink(shell.ticket)],
      [t('shell.minutes'), shell.state === 'closed' ? null : number(shell.seconds / 60)],
      [t('shell.until'), shell.state === 'open' && shell.until ? html`<b>${at(shell.until)}</b>` : null],
      [t('shell.ended'), shell.state === 'closed' && shell.reason ? [`${term('shellend', shell.reason)}${shell.note ? `: ${shell.note}` : ''}`, shell.closedBy].filter(Boolean).join(' · ') : null],
      [t('shell.recording'), shell.recording?.bytes ? bytes(shell.recording.bytes) : null],
    ])}</div>`;
  }

  #session(shell) {
    const closed = shell.state === 'closed';
    return card(html`<span class="row">${t('shell.session')} ${badge('shell', shell.state)}</span>`, html`
      ${this.#about(shell)}
      ${shell.state === 'open' ? html`<ac-terminal .shell=${shell} .types=${shell.requestedBy === user.username}></ac-terminal>`
        : closed && shell.recording?.pieces ? html`<ac-recording .shellId=${shell.id}></ac-recording>`
          : empty(closed ? 'terminal' : 'clock', t(closed ? 'shell.nothing' : 'shell.waits'), t(closed ? 'shell.nothing.next' : `shell.waits.${shell.state}`))}`, { extra: html`<span class="right row">${this.#doings(shell)}</span>` });
  }

  render() {
    const asks = may('engineer') ? html`<button class="primary right" @click=${() => this.#ask()}>${icon('terminal')}${t('shell.ask')}</button>` : nothing;
    return html`${awayNotice(this.device)}<div class="columns logs">${show(this.#shells, (items) => {
      const chosen = items.find((one) => one.id === this.chosen) ?? items[0];
      return html`<div class="stack">${card(t('shell.all'), items.length ? html`<ul class="mini picks">${items.map((one) => this.#row(one, chosen))}</ul>` : empty('terminal', t('shell.empty'), t('shell.empty.next')), { extra: asks })}</div>
        <div class="stack">${chosen ? this.#session(chosen) : nothing}</div>`;
    })}</div>`;
  }
}

customElements.define('ac-device-shell', DeviceShell);
