import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bytes, number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { ask } from '../../ui/dialog.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { awayNotice, ticketChoice, waitChoice } from './device-action.js';
import { DeviceTab } from './device-tab.js';
import './log-view.js';

const LEVELS = ['debug', 'info', 'warning', 'error', 'critical'];
const READS = ['agent', 'engineer', 'firmware'];

/** A local time of a form as the API takes it. */
const moment = (text) => (text ? new Date(text).toISOString() : undefined);

/** The logs that were asked of a device; the chosen one is read and searched beside them. */
class DeviceLogs extends DeviceTab {
  static properties = { chosen: { state: true } };
  #logs = this.part('/logs?limit=50', (answer) => answer.items ?? []);

  opened() {
    this.chosen = this.said().log;
  }

  #ask() {
    ask({
      title: t('log.ask.of', { device: this.device.id }),
      confirm: t('log.ask'),
      body: () => html`${awayNotice(this.device)}<p class="muted">${t('log.ask.what')}</p>
        ${area({ label: t('run.why'), name: 'why', required: true, maxlength: 500, rows: 2 })}
        ${ticketChoice(this.tickets)}
        ${pair(field({ label: t('log.from'), name: 'from', type: 'datetime-local' }), field({ label: t('log.to'), name: 'to', type: 'datetime-local' }))}
        ${pair(choice({ label: t('log.level'), name: 'level', options: LEVELS.map((one) => [one, term('loglevel', one)]), none: t('log.anylevel') }), field({ label: t('log.lines'), name: 'lines', type: 'number', min: 1, max: 200000, value: 2000 }))}
        ${waitChoice()}`,
      submit: async ({ why, ticket, from, to, level, lines, expiresIn }) => {
        const log = await api.post(`${this.path}/logs`, { why, ticket: ticket || undefined, from: moment(from), to: moment(to), level: level || undefined, lines: lines ? Number(lines) : undefined, expiresIn });
        say(t('log.sent'));
        this.#choose(log.id);
        await this.again();
      },
    });
  }

  #choose(id) {
    this.chosen = id;
    this.remember({ log: id });
  }

  #row(one) {
    return html`<li class=${one.id === this.chosen ? 'chosen' : ''}>
      <button class="plain grow start" aria-pressed=${one.id === this.chosen} @click=${() => this.#choose(one.id)}>
        <span class="grow start"><span class="cut" dir="auto" title=${one.why}>${one.why}</span><span class="muted small cut">${one.requestedBy} · ${ago(one.createdAt)}${one.lineCount == null ? nothing : html` · ${t('log.count', { lines: number(one.lineCount) })}`}${one.bytes == null ? nothing : html` · ${bytes(one.bytes)}`}</span></span></button>
      ${badge('log', one.state)}</li>`;
  }

  render() {
    const tools = may('agent', 'engineer') ? html`<button class="primary right" @click=${() => this.#ask()}>${icon('log')}${t('log.ask')}</button>` : nothing;
    return html`${awayNotice(this.device)}<div class="columns logs">
      <div class="stack">${show(this.#logs, (items) => card(t('log.all'), items.length
        ? html`<ul class="mini picks">${items.map((one) => this.#row(one))}</ul>`
        : empty('log', t('log.empty'), t('log.empty.next')), { extra: tools }))}</div>
      <div class="stack">${this.chosen ? this.#viewer() : !this.#logs.value?.length ? nothing : card(t('log.view'), empty('log', t('log.none'), t('log.none.next')))}</div></div>`;
  }

  #viewer() {
    const log = this.#logs.value?.find((one) => one.id === this.chosen);
    if (!log) return nothing;
    return html`<ac-log-view .log=${log} .reads=${may(...READS)} @purged=${() => this.again()}></ac-log-view>`;
  }
}

customElements.define('ac-device-logs', DeviceLogs);
