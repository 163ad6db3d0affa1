import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { at } from '../../ui/time.js';

const HEADS = ['at', 'actor', 'action', 'object', 'detail', 'address'];

const filled = (detail) => detail != null && (typeof detail !== 'object' || Object.keys(detail).length > 0);

/** Who did what, newest first. */
class Audit extends ListPage {
  path = '/audit';

  heading() {
    return t('nav.audit');
  }

  nothing() {
    return empty('audit', t('audit.empty'), t('audit.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col">${t(`audit.${head}`)}</th>`)}</tr></thead>
      <tbody>${items.map((one) => html`<tr>
        <td class="muted nowrap">${at(one.at)}</td><td class="nowrap">${one.actor}</td><td class="mono nowrap">${one.action}</td><td class="mono nowrap">${one.object}</td>
        <td class="wide">${filled(one.detail) ? html`<details><summary><code>${JSON.stringify(one.detail)}</code></summary><pre class="source" tabindex="0">${JSON.stringify(one.detail, null, 2)}</pre></details>` : nothing}</td><td class="mono muted nowrap">${one.address ?? ''}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-audit', Audit);
