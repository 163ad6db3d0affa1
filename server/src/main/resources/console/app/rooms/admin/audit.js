import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { at } from '../../ui/time.js';

/** Where the object of an entry is looked at, by the kind before its slash. */
const PLACES = { ticket: 'tickets', device: 'device', campaign: 'campaign', release: 'release', rule: 'rule', complaint: 'complaint', product: 'product', calendar: 'calendar', 'sla-policy': 'sla-policy', engineer: 'engineer', incident: 'incident' };

const filled = (detail) => detail != null && (typeof detail !== 'object' || Object.keys(detail).length > 0);

function object(text) {
  const [kind, ...rest] = text.split('/');
  const id = rest.join('/');
  return PLACES[kind] && id ? html`${kind}/<a href=${href(PLACES[kind], id)}>${id}</a>` : text;
}

/** What was said beside an action: short values at once, the rest on demand. */
function detail(value) {
  if (!filled(value)) return nothing;
  const flat = typeof value === 'object' ? Object.entries(value).filter(([, one]) => one !== null && typeof one !== 'object').slice(0, 4) : [['', value]];
  const whole = typeof value === 'object' && Object.values(value).some((one) => one !== null && typeof one === 'object');
  const words = html`<span class="row">${flat.map(([name, one]) => html`<span><span class="muted">${name}</span> <span class="mono" dir="auto">${String(one).slice(0, 80)}</span></span>`)}</span>`;
  return whole ? html`<details><summary>${flat.length ? flat.map(([name, one]) => `${name} ${String(one).slice(0, 60)}`).join(' · ') : t('audit.detail')}</summary><pre class="source" tabindex="0">${JSON.stringify(value, null, 2)}</pre></details>` : words;
}

/** Who did what, newest first; and whether the chain of entries is whole. */
class Audit extends Register {
  static properties = { chain: { state: true } };
  route = 'audit';
  path = '/audit';
  icon = 'audit';

  filters() {
    return [{ name: 'actor', label: t('audit.actor') }, { name: 'object', label: t('audit.object.hint') }, { name: 'from', label: t('audit.from'), type: 'date' }];
  }

  params() {
    const { from, ...rest } = super.params();
    return { ...rest, from: from ? new Date(from).toISOString() : undefined };
  }

  async #verify() {
    this.chain = await run(() => api.get('/audit/verify'), t('audit.verified'));
  }

  doings() {
    return html`<button data-do="verify" @click=${() => this.#verify()}>${icon('link')}${t('audit.verify')}</button>`;
  }

  above() {
    if (!this.chain) return nothing;
    const { intact, entries, head, broken, why } = this.chain;
    return html`<p class="need ${intact ? 'fine' : 'broken'}" role="status">${icon(intact ? 'done' : 'error')}<span>${intact ? t('audit.intact', { n: number(entries) }) : t('audit.broken', { id: broken, why })} <code>${head}</code></span></p>`;
  }

  columns() {
    return [
      ['audit.at', (one) => at(one.at), 'muted nowrap'], ['audit.actor', (one) => one.actor, 'nowrap'], ['audit.action', (one) => html`<span class="mono">${one.action}</span>`, 'nowrap'], ['audit.object', (one) => html`<span class="mono">${object(one.object)}</span>`, 'nowrap'], ['audit.detail', (one) => detail(one.detail), 'wide'], ['audit.address', (one) => html`<span class="mono muted">${one.address ?? ''}</span>`, 'nowrap'],
    ];
  }
}

customElements.define('ac-audit', Audit);
