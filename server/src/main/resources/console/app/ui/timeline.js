import { html, nothing } from 'lit';
import { View } from '../core/view.js';
import { t, term } from '../core/i18n.js';
import { href } from '../core/router.js';
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
  edit: ['calm', 'note', 'state'], reopened: ['critical', 'retry', 'state'], ticket: ['info', 'queue', 'state'],
  'fix-installed': ['good', 'campaign', 'fix'], 'fix-failed': ['critical', 'error', 'fix'], update: ['proactive', 'campaign', 'fix'],
  connection: ['calm', 'pulse', 'device'], connected: ['calm', 'pulse', 'device'], disconnected: ['calm', 'off', 'device'], incident: ['warning', 'bolt', 'device'], dispatch: ['warning', 'person', 'state'], attribute: ['calm', 'info', 'device'],
};
const TOLD = new Set(['message']);

function kindOf({ kind, data }) {
  if (kind === 'fault' && data?.change === 'cleared') return KINDS.recovered;
  if (kind === 'event' && data?.level === 'info') return ['calm', 'info', 'device'];
  return KINDS[kind] ?? KINDS[String(kind).split(/[.\-_]/)[0]] ?? ['calm', 'info', 'state'];
}

/** Changes of one attribute that follow each other become the newest of them, with their number. */
function folded(entries) {
  const all = [];
  for (const entry of entries) {
    const last = all.at(-1);
    if (entry.kind === 'attribute' && last?.kind === 'attribute' && last.data?.name === entry.data?.name) last.times += 1;
    else all.push({ ...entry, times: 1 });
  }
  return all;
}

function more({ kind, data }) {
  if (!data || kind === 'attribute' || !Object.keys(data).length) return nothing;
  return html`<details><summary>${t('timeline.data')}</summary><pre>${JSON.stringify(data, null, 2)}</pre></details>`;
}

function words(entry) {
  const link = entry.kind === 'ticket' && entry.data?.ticket;
  return html`<strong>${link ? html`<a href=${href('tickets', entry.data.ticket)}>${term('kind', entry.kind)}</a>` : term('kind', entry.kind)}</strong><span>${entry.text}</span>${entry.times > 1 ? html`<span class="muted">× ${entry.times}</span>` : nothing}
    ${entry.actor ? html`<span class="muted">${entry.actor}</span>` : nothing}`;
}

function line(entry) {
  const [tone, shape, group] = kindOf(entry);
  const told = TOLD.has(group);
  return html`<li data-kind=${entry.kind}>
    <span class="dot ${tone}">${icon(shape)}</span>
    <div>
      <div class="line">
        <div class="what">${told ? html`<strong>${entry.actor}</strong>` : words(entry)}${more(entry)}</div>
        <span class="muted small">${ago(entry.at)}</span>
      </div>
      ${told ? html`<div class="said">${entry.text}</div>` : nothing}
    </div>
  </li>`;
}

/** Everything that happened, in the order given, filterable by what it was about. Entries are `{at, kind, actor, text, data}`. */
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
      ${shown.length ? html`<ol class="body timeline">${folded(shown).map(line)}</ol>` : empty('clock', t('timeline.empty'), t('timeline.empty.next'))}
    </section>`;
  }
}

customElements.define('ac-timeline', Timeline);
