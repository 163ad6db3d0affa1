import { html, nothing } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { bytes } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { ask } from '../../ui/dialog.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { notBegun, progressWords, tally } from './campaign-shape.js';
import { campaignName } from './told.js';

/** A checksum in short; all of it is in its title. */
const short = (sha) => html`<code title=${sha}>${sha.slice(0, 16)}…</code>`;

/** The files of a release, each with its checksum and the patches that make it from an earlier one. */
export function artifactsCard({ artifacts = [] }) {
  return card(t('release.artifacts'), plainTable([
    ['artifact.name', (one) => html`<span class="mono">${one.name}</span>`, 'wide'],
    ['release.size', (one) => bytes(one.size), 'num nowrap'],
    ['artifact.sha', (one) => short(one.sha256), 'nowrap'],
    ['artifact.deltas', (one) => (one.deltas?.length ? one.deltas.map((delta) => html`<div class="nowrap">${bytes(delta.size)} <span class="muted small">${t('artifact.from')}</span> ${short(delta.from)}</div>`) : '–')],
  ], artifacts, { caption: t('release.artifacts') }), { flush: true });
}

/** The campaigns that bring a release out. */
export function campaignsCard(campaigns) {
  if (!campaigns.length) return card(t('nav.campaigns'), empty('campaign', t('release.campaigns.none'), t('release.campaigns.next')), { flush: true });
  return card(t('nav.campaigns'), plainTable([
    ['campaign.name', (one) => html`<a class="title" href=${href('campaign', one.id)}>${typed(campaignName(one))}</a>`, 'wide'],
    ['campaign.state', (one) => badge('campaign', one.state)],
    ['campaign.devices', (one) => progressWords(!notBegun(one), tally(one)), 'nowrap'],
    ['campaign.started', (one) => (one.startedAt ? ago(one.startedAt) : '–'), 'nowrap muted'],
  ], campaigns, { caption: t('nav.campaigns') }), { flush: true });
}

/** Devices that run a release, as far as a page of them goes. */
export function runningCard({ product, version }, devices) {
  const query = { model: product, firmware: version };
  const all = html`<a class="right small" href=${href('devices', null, query)}>${t('release.allDevices')}</a>`;
  if (!devices.items.length) return card(t('release.running'), empty('device', t('release.running.none'), t('release.running.next')), { flush: true });
  return card(t('release.running'), html`<ul class="chips">${devices.items.map((one) => html`<li><a class="mono" href=${href('device', one.id)}>${one.id}</a>${one.connected ? nothing : html`<span class="row muted small">${icon('off')}${t('release.away')}</span>`}</li>`)}${devices.next ? html`<li class="muted">…</li>` : nothing}</ul>`, { extra: all });
}

/** Uploads the symbols of a build: from then on the stacks of its crashes have names. */
function symbolsDialog(release, done) {
  ask({
    title: t('releaseSymbols.add'),
    confirm: t('upload.do'),
    body: () => html`<p class="muted">${t('releaseSymbols.hint')}</p><label class="field">${t('releaseSymbols.file')}<input type="file" name="file" required></label>`,
    submit: async (_, form) => {
      const [file] = form.elements.file.files;
      await api.post(withQuery('/symbols', { release: release.id, name: file.name }), file, { type: 'application/octet-stream' });
      say(t('releaseSymbols.done'));
      await done();
    },
  });
}

/** Whether the stacks of a release's crashes can be read. */
export function symbolsCard(release, symbols, done) {
  const add = may('firmware') ? html`<button class="plain right" @click=${() => symbolsDialog(release, done)}>${icon('plus')}${t('releaseSymbols.add')}</button>` : nothing;
  if (!symbols.length) return card(t('release.symbols'), html`<p class="muted">${t('releaseSymbols.none')}</p>`, { extra: add });
  return card(t('release.symbols'), plainTable([
    ['artifact.name', (one) => html`<span class="mono">${one.name ?? one.buildId.slice(0, 16)}</span>`, 'wide'],
    ['releaseSymbols.tells', (one) => [one.hasNames ? t('releaseSymbols.names') : null, one.hasLines ? t('releaseSymbols.lines') : null].filter(Boolean).join(', ') || '–'],
    ['release.size', (one) => bytes(one.bytes), 'num nowrap'],
  ], symbols, { caption: t('release.symbols') }), { flush: true, extra: add });
}
