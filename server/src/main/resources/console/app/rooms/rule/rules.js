import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';

/** The rules that turn telemetry into faults; each opens to its full text. */
class Rules extends ListPage {
  static properties = { shown: { state: true } };
  path = '/rules';

  heading() {
    return t('nav.rules');
  }

  nothing() {
    return empty('rule', t('rules.empty'), t('rules.empty.next'));
  }

  #row(rule) {
    const open = this.shown === rule.id;
    return html`<tr>
        <td class="nowrap"><button class="plain mono" aria-expanded=${open} @click=${() => (this.shown = open ? null : rule.id)}>${rule.id}</button></td>
        <td>${badge('severity', rule.severity)}</td>
        <td class="wide">${rule.title ?? ''}<div><code>${rule.when}</code></div></td>
        <td class="mono">${rule.for ?? '–'}</td>
        <td class="num">${rule.version ?? '–'}</td>
        <td>${rule.enabled === false ? html`<span class="badge">${icon('off')}${t('rule.off')}</span>` : html`<span class="badge good">${icon('check')}${t('rule.on')}</span>`}</td>
      </tr>${open ? html`<tr><td colspan="6"><pre class="source" tabindex="0">${rule.source ?? JSON.stringify(rule, null, 2)}</pre></td></tr>` : nothing}`;
  }

  rows(items) {
    return html`<div class="scroll-x"><table class="list">
      <thead><tr>${['id', 'severity', 'when', 'for'].map((head) => html`<th scope="col">${t(`rule.${head}`)}</th>`)}<th scope="col" class="num">${t('rule.version')}</th><th scope="col">${t('rule.state')}</th></tr></thead>
      <tbody>${items.map((rule) => this.#row(rule))}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-rules', Rules);
