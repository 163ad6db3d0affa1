import { html, nothing } from 'lit';
import { View } from '../core/view.js';
import { t, term } from '../core/i18n.js';
import { empty } from './states.js';
import { icon } from './icons.js';
import { ago } from './time.js';

/** What each kind of entry looks like, and the group that the filter knows it by. */
const KINDS = {
  opened: ['info', 'new', 'state'], transition: ['calm', 'play', 'state'], state: ['calm', 'play', 'state'], assigned: ['calm', 'person', 'state'], assignment: ['calm', 'person', 'state'],
  comment: ['info', 'note', 'message'], message: ['info', 'note', 'message'], note: ['info', 'note', 'message'],
  fault: ['critical', 'error', 'device'], recovered: ['good', 'check', 'device'], telemetry: ['calm', 'pulse', 'device'], event: ['warning', 'alert', 'device'],
  boot: ['calm', 'retry', 'device'], reboot: ['calm', 'retry', 'device'], crash: ['critical', 'error', 'device'], evidence: ['good', 'pulse', 'device'], verification: ['good', 'pulse', 'device'],
  action: ['info', 'bolt', 'fix'], ota: ['proactive', 'campaign', 'fix'], campaign: ['proactive', 'campaign', 'fix'], fix: ['proactive', 'campaign', 'fix'], resolved: ['good', 'done', 'state'],
  edit: ['calm', 'note', 'state'], reopened: ['critical', 'retry', 'state'], 'fix-installed': ['good', 'campaign', 'fix'], 'fix-failed': ['critical', 'error', 'fix'],
  connection: ['calm', 'pulse', 'device'], update: ['proactive', 'campaign', 'fix'], connected: ['calm', 'pulse', 'device'], disconnection: ['calm', 'pulse', 'device'], update: ['proactive', 'campaign', 'fix'], connected: ['calm', 'off', 'device'], ticket: ['info', 'queue', 'state'], attribute: ['calm', 'info', 'device'],
};
const TOLD = new Set(['message']);

function kindOf(entry) {
  return KINDS[entry.kind] ?? KINDS[String(entry.kind).split(/[.\-_]/)[0]] ?? ['calm', 'info', 'state'];
}

function line(entry) {
  const [tone, shape, group] = kindOf(entry);
  const told = TOLD.has(group);
  const more = entry.data && Object.keys(entry.data).length > 0;
  return html`<li data-kind=${entry.kind}>
    <span class="dot ${tone}">${icon(shape)}</span>
    <div>
      <div class="what">
        ${told ? html`<strong>${entry.actor}</strong>` : html`<strong>${term('kind', entry.kind)}</strong><span>${entry.text}</span>${entry.actor ? html`<span class="muted">${entry.actor}</span>` : nothing}`}
        <span class="muted small right">${ago(entry.at)}</span>
      </div>
      ${told ? html`<div class="said">${entry.text}</div>` : nothing}
      ${more ? html`<details><summary>${t('timeline.data')}</summary><pre>${JSON.stringify(entry.data, null, 2)}</pre></details>` : nothing}
    </div>
  </li>`;
}

/** Everything that happened, oldest first, filterable by what it was about. Entries are `{at, kind, actor, text, data}`. */
class Timeline extends View {
  static properties = { entries: { attribute: false }, group: { state: true } };

  render() {
    const groups = ['all', ...new Set(this.entries.map((entry) => kindOf(entry)[2]))];
    const group = groups.includes(this.group) ? this.group : 'all';
    const shown = this.entries.filter((entry) => group === 'all' || kindOf(entry)[2] === group);
    return html`<section class="card">
      <header><h2>${t('timeline.title')}</h2>
        ${groups.length > 2 ? html`<div class="tabs right">${groups.map((one) => html`<button aria-pressed=${one === group} @click=${() => (this.group = one)}>${t(`timeline.${one}`)}</button>`)}</div>` : nothing}
      </header>
      ${shown.length ? html`<ol class="body timeline">${shown.map(line)}</ol>` : empty('clock', t('timeline.empty'), t('timeline.empty.next'))}
    </section>`;
  }
}

customElements.define('ac-timeline', Timeline);
