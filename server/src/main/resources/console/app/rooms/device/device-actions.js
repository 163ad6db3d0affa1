import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { caseNumber, exact, millis } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { href } from '../../core/router.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { ask } from '../../ui/dialog.js';
import { facts } from '../../ui/facts.js';
import { empty, show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';
import { awayNotice } from './device-action.js';
import { decisions } from './device-decisions.js';
import { DeviceTab } from './device-tab.js';
import { outputOf } from './output.js';
import './device-runnable.js';
import { caseLink } from '../../ui/links.js';

const SHOWN = 100;
const WAITING = ['requested', 'approved', 'queued', 'sent', 'delivered', 'running'];

/** The remote actions of a device: those that may be run, those that wait and until when, and what came of the earlier ones. */
class DeviceActions extends DeviceTab {
  #all = this.part(`/actions?limit=${SHOWN}`, (answer) => answer.items ?? []);

  #result(action) {
    ask({
      title: t('run.result', { action: term('command', action.action) }),
      shape: 'wide',
      body: () => html`<div>${badge('action', action.state)}</div>
        ${facts([
          [t('run.by'), action.requestedBy],
          [t('run.why'), action.why],
          [t('run.ticket'), action.ticket && html`<a href=${href('tickets', action.ticket)}>${caseNumber(action.ticket)}</a>`],
          [t('run.decidedby'), action.decidedBy],
          [t('run.asked'), at(action.createdAt)],
          [t('run.sentat'), action.sentAt && at(action.sentAt)],
          [t('run.until'), WAITING.includes(action.state) && action.expires ? at(action.expires) : null],
          [t('run.finished'), action.finishedAt && at(action.finishedAt)],
          [t('run.error'), action.error ?? action.reason],
        ])}
        ${action.params && Object.keys(action.params).length ? html`<h3>${t('run.params')}</h3>${outputOf(action.params)}` : nothing}
        ${action.output == null ? nothing : html`<h3>${t('run.output')}</h3>${outputOf(action.output)}`}
        ${action.lateResult == null ? nothing : html`<h3>${t('run.late')}</h3>${outputOf(action.lateResult)}`}
        <div class="row">${decisions(action, () => this.again())}</div>`,
    });
  }

  #row(action, waits) {
    return html`<tr>
      <td><button class="plain start" @click=${() => this.#result(action)}><span title=${action.action}>${term('command', action.action)}</span></button></td>
      <td>${badge('action', action.state)}</td>
      <td class="nowrap">${waits ? html`${t('run.until')} ${at(action.expires)}` : ago(action.finishedAt ?? action.createdAt)}</td>
      <td>${action.ticket ? caseLink(action.ticket) : '–'}</td>
      <td class="cut" dir="auto" title=${action.why ?? ''}>${action.why ?? action.error ?? action.reason ?? '–'}</td>
      <td>${action.requestedBy}</td>
      <td class="num"><span class="row nowrap">${waits ? decisions(action, () => this.again()) : nothing}</span></td></tr>`;
  }

  #table(items, waits) {
    return html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr>${['action', 'state', 'when', 'ticket', 'why', 'by'].map((head) => html`<th scope="col">${t(`run.${head}`)}</th>`)}<th><span class="unseen">${t('run.decide')}</span></th></tr></thead>
      <tbody>${items.map((one) => this.#row(one, waits))}</tbody></table></div>`;
  }

  #counts(items) {
    const last = items.filter((one) => Date.now() - millis(one.createdAt) < 30 * 86_400_000);
    const good = last.filter((one) => one.state === 'succeeded').length;
    return last.length ? html`<span class="muted small right" title=${exact(Date.now())}>${t('run.month', { good, all: last.length })}</span>` : nothing;
  }

  render() {
    return html`<div class="columns" @asked=${() => this.again()}><div class="stack">
      ${awayNotice(this.device)}
      ${show(this.#all, (items) => {
        const waiting = items.filter((one) => WAITING.includes(one.state));
        const over = items.filter((one) => !WAITING.includes(one.state));
        return html`${waiting.length ? card(t('run.waiting'), this.#table(waiting, true), { flush: true }) : nothing}
          ${card(t('run.history'), over.length ? this.#table(over, false) : empty('bolt', t('device.actions.none'), t('run.history.next')), { extra: this.#counts(items), flush: true })}`;
      })}</div>
      <div class="stack"><ac-device-runnable .device=${this.device} .tickets=${this.tickets} .beat=${this.beat}></ac-device-runnable></div></div>`;
  }
}

customElements.define('ac-device-actions', DeviceActions);
