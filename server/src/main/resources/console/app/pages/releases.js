import { html } from 'lit';
import { t } from '../core/i18n.js';
import { bytes } from '../core/format.js';
import { ListPage } from '../ui/listpage.js';
import { empty } from '../ui/states.js';
import { ago } from '../ui/time.js';

const HEADS = ['product', 'version', 'counter', 'size', 'fixes', 'signed', 'published'];

function fixes(release) {
  const all = release.fixes ?? [];
  return all.length ? all.map((one) => (typeof one === 'string' ? one : (one.code ?? JSON.stringify(one)))).join(', ') : '–';
}

function sizeOf(release) {
  if (release.size != null) return release.size;
  const parts = release.components ?? release.artifacts ?? [];
  return parts.length ? parts.reduce((all, one) => all + (one.size ?? 0), 0) : null;
}

function signers(release) {
  const names = release.signatures?.map((one) => one.keyid) ?? release.signers ?? release.signedBy ?? release.keyid;
  return Array.isArray(names) ? names.join(', ') : names ?? '–';
}

/** Signed firmware, newest first. */
class Releases extends ListPage {
  path = '/releases';

  heading() {
    return t('nav.releases');
  }

  nothing() {
    return empty('release', t('releases.empty'), t('releases.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col" class=${head === 'counter' || head === 'size' ? 'num' : ''}>${t(`release.${head}`)}</th>`)}</tr></thead>
      <tbody>${items.map((one) => html`<tr>
        <td>${one.product ?? one.model ?? '–'}</td><td class="mono">${one.version}</td><td class="num">${one.counter}</td><td class="num">${bytes(sizeOf(one))}</td>
        <td>${fixes(one)}</td><td class="mono">${signers(one)}</td><td class="muted">${ago(one.createdAt ?? one.publishedAt ?? one.released)}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-releases', Releases);
