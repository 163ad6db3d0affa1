import { html, nothing } from 'lit';
import { millis, number, span } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';
import { DeviceTab } from './device-tab.js';
import { endOf } from './told.js';

const seconds = (count) => (count ? span(`PT${Math.floor(count / 3600)}H${Math.floor((count % 3600) / 60)}M${Math.round(count % 60)}S`) : '–');

function availability(words, one) {
  return html`<div class="figure"><span class="muted small">${words}</span><b>${one.percent == null ? '–' : `${number(one.percent)} %`}</b>
    <span class="muted small">${t('link.drops', { count: one.drops })}</span>
    ${one.longestGapSeconds ? html`<span class="muted small">${t('link.gap', { span: seconds(one.longestGapSeconds) })}</span>` : nothing}
    ${one.worstReason ? html`<span class="muted small" dir="auto">${t('link.worst', { reason: endOf(one.worstReason) })}</span>` : nothing}</div>`;
}

/** How well a device is and was connected, and how often and why it started. */
class DeviceConnectivity extends DeviceTab {
  #summary = this.part('/connectivity/summary');
  #visits = this.part('/connectivity?limit=100', (answer) => answer.items ?? []);
  #boots = this.part('/boots?limit=100');

  #now(summary) {
    return card(t('link.now'), html`<div class="figures">${availability(t('link.day'), summary.day)}${availability(t('link.week'), summary.week)}
      ${summary.signal ? html`<div class="figure"><span class="muted small">${t('link.signal')}</span><b>${number(summary.signal.end)} dBm</b><span class="muted small">${t('link.weakest', { value: number(summary.signal.weakest) })}</span></div>` : nothing}</div>
      ${facts([
        [t('device.link'), html`${badge('device', summary.connected ? 'online' : 'offline')}${summary.silent ? html` <span class="tone-warning">${t('link.silent')}</span>` : nothing}`],
        [t('link.since'), summary.since && at(summary.since)],
        [t('link.transport'), summary.lastTransport && ago(summary.lastTransport)],
        [t('link.message'), summary.lastMessage && ago(summary.lastMessage)],
        [t('link.telemetry'), summary.lastTelemetry && ago(summary.lastTelemetry)],
      ])}`);
  }

  #visit(one) {
    return html`<tr><td class="nowrap">${at(one.at)}</td><td>${badge('device', one.connected ? 'online' : 'offline')}</td><td class="wide" dir="auto">${endOf(one.reason)}</td>
      <td class="num nowrap">${one.seconds == null ? '–' : seconds(one.seconds)}</td><td class="num">${one.signal ? number(one.signal.average) : '–'}</td></tr>`;
  }

  #boot(one) {
    return html`<tr><td class="nowrap">${at(one.at)}</td><td>${term('cause', one.cause)}<div class="muted small" dir="auto">${one.reason === one.cause ? nothing : one.reason}</div></td>
      <td>${one.requested ? html`${icon('person')} ${one.askedBy ?? t('boot.requested')}` : html`<span class="muted">${t('boot.itself')}</span>`}</td><td class="mono">${one.firmware || '–'}</td></tr>`;
  }

  #table(heads, prefix, body) {
    return html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr>${heads.map(([head, look = '']) => html`<th scope="col" class=${look}>${t(`${prefix}.${head}`)}</th>`)}</tr></thead><tbody>${body}</tbody></table></div>`;
  }

  render() {
    return html`<div class="stack"><div class="columns even">
      <div class="stack">${show(this.#summary, (summary) => this.#now(summary))}</div>
      <div class="stack">${show(this.#boots, ({ items, loop }) => html`
        ${loop ? html`<div class="fail" role="alert">${icon('alert')}<div><strong>${t('boot.loop', { count: loop.boots })}</strong><div>${t('boot.loop.next')} ${at(loop.since)}</div></div></div>` : nothing}
        ${card(t('boot.all'), items.length ? this.#table([['at'], ['cause'], ['by'], ['firmware']], 'boot', [...items].sort((a, b) => millis(b.at) - millis(a.at)).map((one) => this.#boot(one))) : empty('retry', t('boot.none'), t('boot.none.next')), { flush: true })}`)}</div></div>
      ${show(this.#visits, (items) => card(t('link.visits'), items.length
        ? this.#table([['at'], ['way'], ['reason'], ['stay', 'num'], ['dbm', 'num']], 'link', items.map((one) => this.#visit(one)))
        : empty('pulse', t('link.none'), t('link.none.next')), { flush: true }))}</div>`;
  }
}

customElements.define('ac-device-connectivity', DeviceConnectivity);
