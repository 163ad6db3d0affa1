import { html, nothing } from 'lit';
import { day, millis } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { assignmentKey, keyDialog, revokeDialog, rootDialog } from './trust-steps.js';

function table(heads, rows) {
  return html`<div class="scroll-x" tabindex="0"><table class="list">
    <thead><tr>${heads.map((head) => html`<th scope="col">${t(`trust.${head}`)}</th>`)}</tr></thead>
    <tbody>${rows}</tbody>
  </table></div>`;
}

function card(name, content, doing = nothing) {
  return html`<section class="card" data-card=${name}><header><h2>${t(`trust.${name}`)}</h2>${doing}</header>${content}</section>`;
}

function button(words, run) {
  return may('firmware') ? html`<button class="right" @click=${run}>${icon('plus')}${words}</button>` : nothing;
}

const SOON_MS = 30 * 86_400_000;

/** What of the trust ends soon, or has ended: then no release and no offer would be accepted any more. */
export function warnings(roots) {
  const [root] = roots;
  if (!root) return nothing;
  const left = millis(root.expires) - Date.now();
  if (left > SOON_MS) return nothing;
  return html`<div class="notice ${left < 0 ? 'critical' : 'warning'} row" role="alert">${icon('alert')}<span>${t(left < 0 ? 'trust.expired' : 'trust.expires.soon', { version: root.version, day: day(root.expires) })}</span></div>`;
}

/** A fingerprint in full, to be compared by eye with what was read out at the ceremony: groups of four, broken anywhere. */
export function fingerprint(text) {
  return text ? html`<code class="print">${text.match(/.{1,4}/g).join(' ')}</code>` : '–';
}

const standing = (root, index) => (millis(root.expires) < Date.now() ? 'expired' : index === 0 ? 'in-force' : 'earlier');

function role([name, { keyids = [], threshold }]) {
  return html`<div><span class="muted">${term('signs', name)}</span> ${t('trust.threshold', { n: threshold, of: keyids.length })}
    <span class="mono">${keyids.join(', ')}</span></div>`;
}

/** The root documents, the one in force first, with who may sign what and the fingerprints of its keys. */
export function rootsCard(roots, done) {
  const add = button(t('trust.root.add'), () => rootDialog(done));
  if (!roots.length) return card('roots', empty('key', t('trust.roots.empty'), t('trust.roots.next')), add);
  return card('roots', table(['version', 'state', 'expires', 'roles', 'fingerprints'], roots.map((root, i) => html`<tr>
    <td class="num">${root.version}</td>
    <td>${badge('root', standing(root, i))}</td>
    <td class="nowrap">${day(root.expires)}</td>
    <td class="nowrap">${Object.entries(root.roles ?? {}).map(role)}</td>
    <td class="wide">${i ? html`<span class="muted">${Object.keys(root.keys ?? {}).join(', ')}</span>` : Object.entries(root.keys ?? {}).map(([id, print]) => html`<div><span class="mono">${id}</span> ${fingerprint(print)}</div>`)}</td>
  </tr>`)), add);
}

/** The registered keys that sign releases; with a root document they no longer count, which is said. */
export function signingCard(keys, rooted, done) {
  const add = rooted ? nothing : button(t('trust.key.add'), () => keyDialog(done));
  if (!keys.length) return rooted ? nothing : card('signing', empty('key', t('trust.signing.empty'), t('trust.signing.next')), add);
  return card('signing', html`${rooted ? html`<p class="body muted">${t('trust.signing.rooted')}</p>` : nothing}${table(['name', 'state', 'fingerprint', 'added', 'doing'], keys.map((key) => html`<tr>
    <td class="mono">${key.name}</td>
    <td>${badge('key', key.revokedAt ? 'revoked' : 'valid')}${key.revokedAt ? html` ${ago(key.revokedAt)}` : nothing}</td>
    <td class="wide">${fingerprint(key.fingerprint)}</td>
    <td class="nowrap muted">${ago(key.addedAt)}${key.addedBy ? html`, ${key.addedBy}` : nothing}</td>
    <td class="nowrap">${key.revokedAt || !may('firmware') ? nothing : html`<button class="plain danger" aria-label=${t('trust.revoke.title', { name: key.name })} @click=${() => revokeDialog(key, done)}>${t('trust.revoke')}</button>`}</td>
  </tr>`))}`, add);
}

/** The keys by which this server signs what it assigns to a device. */
export function assignmentCard(keys, done) {
  const add = button(t('trust.assignment.make'), () => assignmentKey(done));
  if (!keys.length) return card('assignment', empty('key', t('trust.assignment.empty'), t('trust.assignment.next')), add);
  return card('assignment', table(['name', 'state', 'fingerprint'], keys.map((key) => html`<tr>
    <td class="mono">${key.name}</td>
    <td>${badge('key', key.signs ? 'valid' : 'waiting')}</td>
    <td class="wide">${fingerprint(key.fingerprint)}</td>
  </tr>`)), add);
}
