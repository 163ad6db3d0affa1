import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { bytes } from '../../core/format.js';
import { href } from '../../core/router.js';
import { ListPage } from '../../ui/listpage.js';
import { badge } from '../../ui/badges.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';

const HEADS = ['product', 'version', 'counter', 'size', 'fixes', 'signed', 'published'];

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
        <td>${one.product ?? one.model ?? '–'}</td><td><a class="mono" href=${href('release', one.id)}>${one.version}</a>${one.withdrawal ? html` ${badge('release', 'withdrawn')}` : nothing}</td><td class="num">${one.counter}</td><td class="num">${bytes(one.size)}</td>
        <td>${one.fixes?.length ? one.fixes.join(', ') : '–'}</td><td class="mono">${one.key ?? '–'}</td><td class="muted">${ago(one.uploadedAt)}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-releases', Releases);
