import { html } from 'lit';
import { t } from '../core/i18n.js';
import { ListPage } from '../ui/listpage.js';
import { empty } from '../ui/states.js';
import { at } from '../ui/time.js';

const HEADS = ['at', 'actor', 'action', 'object', 'reason', 'ip'];

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
        <td class="muted">${at(one.at ?? one.time ?? one.ts)}</td><td>${one.actor}</td><td class="mono">${one.action}</td><td class="mono">${one.object}</td><td class="wide">${one.reason ?? ''}</td><td class="mono muted">${one.ip ?? ''}</td>
      </tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-audit', Audit);
