import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day, number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { act } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { who } from '../../ui/who.js';
import { BEGUN, warrantyFields, warrantyOf } from './warranty-form.js';

/** Warranty policies, each in its newest version, and what no policy is for. */
class WarrantyPolicies extends Register {
  route = 'warranty-policies';
  path = '/warranty-policies';
  icon = 'scale';
  under = 'settings';
  #gaps = new Load(this, async (signal) => (await api.get('/warranty-gaps', { signal })).items);

  opened() {
    super.opened();
    this.#gaps.restart();
  }

  #add() {
    const begun = structuredClone(BEGUN);
    act({
      title: t('warranty.new'), shape: 'wide', done: (made) => go('warranty-policy', made.id),
      body: (again) => [field({ label: t('sla.id'), name: 'id', required: true, maxlength: 64, placeholder: 'acme-contract' }), warrantyFields(begun, again)],
      send: (values, form) => api.put(`/warranty-policies/${encodeURIComponent(values.id)}`, warrantyOf(form, begun)),
    });
  }

  doings() {
    return may('coordinator', 'quality') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('warranty.new')}</button>` : nothing;
  }

  open(one) {
    go('warranty-policy', one.id);
  }

  columns() {
    const scope = ({ scope }) => [scope?.models?.join(', '), scope?.regions?.join(', '), scope?.customers?.join(', ')].filter(Boolean).join(' · ') || t('sla.everything');
    return [
      ['sla.name', (one) => html`<a class="title" href=${href('warranty-policy', one.id)} dir="auto">${one.policy.name?.[lang()] ?? one.id}</a> <span class="mono muted">${one.id}</span>`, 'wide'], ['warranty.profile', (one) => term('warrantyProfile', one.policy.profile), 'nowrap'], ['warranty.scope', (one) => scope(one.policy), 'nowrap'],
      ['warranty.from', (one) => (one.policy.from ? day(one.policy.from) : t('warranty.always')), 'nowrap'], ['sla.version', (one) => one.version, 'num'],
      ['sla.state', (one) => (one.withdrawn ? html`<span class="badge calm">${icon('off')}${t('warranty.withdrawn')}</span>` : html`<span class="badge good">${icon('check')}${t('sla.inForce')}</span>`)], ['sla.saved.by', (one) => html`${who(one.madeBy)}, ${ago(one.madeAt)}`, 'muted nowrap'],
    ];
  }

  above() {
    const gaps = this.#gaps.value ?? [];
    return gaps.length ? html`<p class="need">${icon('alert')}<span>${t('warranty.gaps')} ${gaps.map((one) => `${one.model} ${one.region} (${number(one.devices)})`).join(', ')}</span></p>` : nothing;
  }
}

customElements.define('ac-warranty-policies', WarrantyPolicies);
