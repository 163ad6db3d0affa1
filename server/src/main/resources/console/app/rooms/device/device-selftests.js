import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';
import { complain } from '../../ui/toast.js';
import { actionDialog, awayNotice, sayAsked } from './device-action.js';
import { isOver, listed, READERS } from './device-read.js';
import { DeviceTab } from './device-tab.js';

const SELF_TEST = 'self_test';
const outcome = (passed) => (passed == null ? 'unread' : passed ? 'passed' : 'failed');

function limitOf({ limit, unit = '' }) {
  if (!limit) return '–';
  if (limit.text) return limit.text;
  return `${limit.min ?? '…'} – ${limit.max ?? '…'} ${unit}`;
}

/** What a device's tests of itself said: the latest of each, with how often it failed, and the runs. */
class DeviceSelftests extends DeviceTab {
  #summary = this.part('/self-tests/summary');
  #runnable = this.whole((signal) => listed(READERS.care, `${this.path}/actions/available`, signal));
  #runs = this.part('/self-tests?limit=50', (answer) => answer.items ?? []);

  async #start() {
    const test = this.#runnable.value?.find((one) => one.action === SELF_TEST);
    if (Object.keys(test?.params?.properties ?? {}).length) {
      actionDialog(this.device, test, this.tickets, () => this.again());
      return;
    }
    try {
      sayAsked(await api.post(`${this.path}/actions`, { action: SELF_TEST, params: {}, ticket: this.tickets.find((one) => !isOver(one))?.id }));
    } catch (failure) {
      complain(failure);
    }
  }

  #test(one) {
    const value = typeof one.value === 'number' ? number(one.value) : String(one.value ?? '–');
    return html`<tr><td><strong>${one.name}</strong>${one.text ? html`<div class="muted small" dir="auto">${one.text}</div>` : nothing}</td><td>${badge('test', outcome(one.passed))}</td>
      <td class="num nowrap">${value} ${one.unit ?? ''}</td><td class="num nowrap muted">${limitOf(one)}</td>
      <td class="num">${t('test.failures', { failures: one.failures ?? 0, runs: one.runs ?? 1 })}</td><td class="nowrap">${one.at ? ago(one.at) : '–'}</td></tr>`;
  }

  #run(run) {
    return html`<li><span class="grow"><span>${at(run.at)}</span>${run.problem ? html`<div class="small tone-warning">${run.problem}</div>` : nothing}
      <div class="muted small cut">${run.tests.filter((one) => !one.passed).map((one) => one.name).join(', ') || t('test.allgood')}</div></span>${badge('test', outcome(run.passed))}</li>`;
  }

  render() {
    const start = may('agent', 'engineer') ? html`<button class="primary right" @click=${() => this.#start()}>${icon('play')}${t('test.start')}</button>` : nothing;
    return html`${awayNotice(this.device)}<div class="columns"><div class="stack">${show(this.#summary, ({ tests }) => card(t('test.latest'), tests.length
      ? html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr>${[['name'], ['outcome'], ['value', 'num'], ['limit', 'num'], ['often', 'num'], ['at']].map(([head, look = '']) => html`<th scope="col" class=${look}>${t(`test.${head}`)}</th>`)}</tr></thead><tbody>${tests.map((one) => this.#test(one))}</tbody></table></div>`
      : empty('check', t('test.none'), t('test.none.next')), { extra: start, flush: true }))}</div>
      <div class="stack">${show(this.#runs, (runs) => (runs.length ? card(t('test.runs'), html`<ul class="mini">${runs.map((one) => this.#run(one))}</ul>`) : nothing))}</div></div>`;
  }
}

customElements.define('ac-device-selftests', DeviceSelftests);
