import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { at } from '../../ui/time.js';
import { who } from '../../ui/who.js';

/** Where the object of an entry is looked at, by the kind before its slash. */
const PLACES = { ticket: 'tickets', device: 'device', campaign: 'campaign', release: 'release', rule: 'rule', complaint: 'complaint', product: 'product', calendar: 'calendar', 'sla-policy': 'sla-policy', 'warranty-policy': 'warranty-policy', part: 'part', engineer: 'engineer', incident: 'incident' };

const HASH = /^[0-9a-f]{40,}$/;
const HASH_SHOWN = 12;
const SHOWN_MAX = 80;
const PAIRS_MAX = 4;

const filled = (detail) => detail != null && (typeof detail !== 'object' || Object.keys(detail).length > 0);

/** What was done, in words; the code stands in the tooltip. */
function deed(action) {
  const [kind, ...rest] = action.split('.');
  const whole = t(`auditAction.${action}`);
  const words = whole.startsWith('auditAction.') ? t('audit.words', { kind: term('auditKind', kind), deed: term('auditDeed', rest.join('.')) }) : whole;
  return html`<span title=${action}>${words}</span>`;
}

function object(text) {
  const [kind, ...rest] = text.split('/');
  const id = rest.join('/');
  return html`<span title=${text}><span class="muted">${term('auditKind', kind)}</span> <span class="mono">${PLACES[kind] && id ? html`<a href=${href(PLACES[kind], id)}>${shortened(id)}</a>` : shortened(id)}</span></span>`;
}

/** A hash, or what else no one reads to its end. */
function shortened(value) {
  const text = String(value);
  if (HASH.test(text)) return `${text.slice(0, HASH_SHOWN)}…`;
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

/** What was said beside an action: short values at once, the rest on demand. */
function detail(value) {
  if (!filled(value)) return nothing;
  if (typeof value !== 'object') return html`<span class="mono" dir="auto">${shortened(value)}</span>`;
  const flat = Object.entries(value).filter(([, one]) => one !== null && one !== '' && typeof one !== 'object').slice(0, PAIRS_MAX).map(([name, one]) => [term('auditDetail', name), shortened(one)]);
  const whole = Object.values(value).some((one) => one !== null && typeof one === 'object') || Object.keys(value).length > PAIRS_MAX;
  if (!whole) return html`<span class="row pairs">${flat.map(([name, one]) => html`<span><span class="muted">${name}</span> <span dir="auto">${one}</span></span>`)}</span>`;
  return html`<details><summary>${flat.length ? flat.map(([name, one]) => `${name} ${one}`).join(' · ') : t('audit.detail')}</summary><pre class="source" tabindex="0">${JSON.stringify(value, null, 2)}</pre></details>`;
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
      ['audit.at', (one) => at(one.at), 'muted nowrap'], ['audit.actor', (one) => who(one.actor), 'nowrap'], ['audit.action', (one) => deed(one.action), 'nowrap'], ['audit.object', (one) => object(one.object), 'nowrap'], ['audit.detail', (one) => detail(one.detail), 'wide'], ['audit.address', (one) => html`<span class="mono muted">${one.address ?? ''}</span>`, 'nowrap'],
    ];
  }
}

customElements.define('ac-audit', Audit);
