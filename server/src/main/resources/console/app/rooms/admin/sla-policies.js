import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { act } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { who } from '../../ui/who.js';
import { policyFields, policyOf } from './sla-form.js';
import { inForceBadge } from './sla-parts.js';

/** What is promised: policies, of which one is in force. */
class SlaPolicies extends Register {
  route = 'sla-policies';
  path = '/sla-policies';
  icon = 'clock';

  #add() {
    const start = { name: '', calendars: { '*': 'weekdays' }, rules: [{ clocks: {} }], escalation: [{ percent: 75, to: 'owner' }, { percent: 100, to: 'coordinator' }] };
    act({
      title: t('sla.new'), shape: 'wide', words: t('sla.saved'), done: (made) => go('sla-policy', made.id),
      body: (again) => [field({ label: t('sla.id'), name: 'id', required: true, maxlength: 40, placeholder: 'grades' }), policyFields(start, again)],
      send: ({ id }, form) => api.put(`/sla-policies/${encodeURIComponent(id)}`, policyOf(form)),
    });
  }

  doings() {
    return may('coordinator') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('sla.new')}</button>` : nothing;
  }

  open(one) {
    go('sla-policy', one.id);
  }

  columns() {
    return [
      ['sla.name', (one) => html`<a class="title" href=${href('sla-policy', one.id)}>${one.document.name}</a> <span class="mono muted">${one.id}</span>`, 'wide'], ['sla.state', (one) => inForceBadge(one)], ['sla.rules', (one) => number(one.document.rules.length), 'num'],
      ['sla.version', (one) => one.version, 'num'], ['sla.saved.by', (one) => html`${who(one.savedBy)}, ${ago(one.savedAt)}`, 'muted nowrap'],
    ];
  }
}

customElements.define('ac-sla-policies', SlaPolicies);
