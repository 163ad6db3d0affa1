import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { day } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { ago, at } from '../../ui/time.js';
import { changeDialog, maintenanceDialog, tagsDialog } from './device-edit.js';
import { isConnected, isOver } from './device-read.js';

const WAITING = ['approved', 'queued'];
const MOVING = ['offered', 'accepted', 'downloading', 'downloaded', 'verifying', 'installing', 'rebooting'];

/** Versions such as 2.10.0 by their numbers: below zero where `a` is the older one. */
function byVersion(a, b) {
  return a.localeCompare(b, 'en', { numeric: true });
}

/** The newest release above what the device runs, or null; withdrawn ones do not count. */
export function newer(device, releases) {
  const usable = releases.filter((one) => !one.withdrawnAt && one.state !== 'withdrawn' && byVersion(one.version, device.firmware) > 0);
  return device.firmware ? (usable.sort((a, b) => byVersion(b.version, a.version))[0] ?? null) : null;
}

function firmware(device, releases, updating) {
  const next = newer(device, releases);
  return html`<span>${t('device.firmware')} <span class="mono">${device.firmware || '–'}</span></span>
    ${updating ? html`<span class="badge proactive">${icon('campaign')}${t('device.updating', { state: term('deployment', updating) })}</span>`
      : next ? html`<a class="badge info" href=${href('release', next.id)}>${icon('campaign')}${t('device.update', { version: next.version })}</a>` : nothing}`;
}

/** What the newest entry about an update says, while it goes on. */
function updatingNow(timeline) {
  const last = timeline.find((one) => (one.kind === 'ota' || one.kind === 'update') && one.data?.state);
  return MOVING.includes(last?.data.state) ? last.data.state : null;
}

function connection(device, seenAt) {
  const connected = isConnected(device);
  return html`${connected == null ? nothing : badge('device', connected ? 'online' : 'offline')}<span class="muted">${t('device.seen')} ${ago(seenAt)}</span>`;
}

function covered(entitlement) {
  if (!entitlement) return nothing;
  const until = entitlement.until ? t(entitlement.covered ? 'device.covered.until' : 'device.covered.ended', { day: day(entitlement.until) }) : '';
  return html`<span class="badge ${entitlement.covered ? 'good' : 'warning'}">${icon(entitlement.covered ? 'check' : 'info')}${t('device.warranty')}: ${term('warranty', entitlement.state)}${until ? html` · ${until}` : nothing}</span>`;
}

/** What waits for a device, and how long it will. */
function queued(actions, open) {
  const waiting = actions.filter((one) => WAITING.includes(one.state));
  if (!waiting.length) return nothing;
  return html`<div class="notice row">${icon('clock')}<span>${waiting.slice(0, 3).map((one) => html`<span class="nowrap">${t('device.queued', { action: term('command', one.action) })} ${at(one.expires)}</span> `)}${waiting.length > 3 ? t('device.queued.more', { count: waiting.length - 3 }) : nothing}</span>
    <button class="plain" @click=${() => open('actions')}>${t('device.queued.show')}</button></div>`;
}

function editing(device, done) {
  if (!may('agent', 'coordinator', 'engineer', 'quality')) return nothing;
  return menu(t('device.edit'), html`
    ${may('agent', 'coordinator', 'engineer') ? html`<button @click=${() => changeDialog(device, done)}>${icon('edit')}${t('device.edit.facts')}</button>
    <button @click=${() => tagsDialog([device], done)}>${icon('filter')}${t('device.edit.tags')}</button>` : nothing}
    ${may('engineer', 'coordinator', 'quality') ? html`<button @click=${() => maintenanceDialog([device], done)}>${icon('wrench')}${t('device.edit.maintenance')}</button>` : nothing}`);
}

/** The head of a device's page: which it is, how it is, what is owed to it, and what waits for it. */
export function headline({ device, product, seenAt, tickets, timeline, actions, releases, entitlement, open, done }) {
  const live = tickets.filter((one) => !isOver(one));
  return html`<div class="headline">
    <div class="crumb"><a href=${href('devices')}>${t('nav.devices')}</a> / <span class="mono">${device.id}</span></div>
    <div class="row"><h1 class="mono">${device.id}</h1>${badge('device', device.state)}${connection(device, seenAt)}<span class="right"></span>
      ${editing(device, done)}</div>
    <div class="row">
      <span>${product.name ?? device.model}</span>${firmware(device, releases, updatingNow(timeline))}
      ${device.region ? html`<span class="muted" dir="auto">${device.region}</span>` : nothing}
      ${covered(entitlement)}
      ${live.length ? html`<a class="badge warning" href=${live.length === 1 ? href('tickets', live[0].id) : href('queue', 'all', { q: device.id })}>${icon('queue')}${t('device.opentickets', { count: live.length })}</a>` : nothing}
    </div>
    ${queued(actions, open)}
  </div>`;
}
