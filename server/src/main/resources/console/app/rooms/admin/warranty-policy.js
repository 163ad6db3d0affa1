import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day, span } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';

const years = (length) => (/^P\d+[YM]$/.test(length) ? term('period', length.at(-1)).replace('{n}', length.slice(1, -1)) : length === 'none' ? t('warranty.nothing') : span(length));

/** One warranty policy: for whom, how long, what a customer may ask for, and what it does not stand for; with its versions. */
class WarrantyPolicy extends View {
  static properties = { policyId: {} };
  #load = new Load(this, async (signal) => {
    const [one, versions] = await Promise.all([api.get(this.#path(), { signal }), api.get(`${this.#path()}/versions`, { signal })]);
    return { one, versions: versions.items };
  });

  opened() {
    this.#load.restart();
  }

  updated() {
    title(t('nav.warranty-policies'));
  }

  #path() {
    return `/warranty-policies/${encodeURIComponent(this.policyId)}`;
  }

  #edit() {
    edit({
      title: t('warranty.edit'), path: this.#path(), of: (thing) => thing.policy, shape: 'wide', done: () => this.#load.run(),
      body: (first) => [html`<p class="muted">${t('warranty.edit.hint')}</p>`, area({ label: t('warranty.document'), name: 'policy', rows: 24, mono: true, required: true, value: JSON.stringify(first, null, 2) })],
      change: (values) => JSON.parse(values.policy),
    });
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('warranty-policies')}>${icon('back')}${t('nav.warranty-policies')}</a></div>
      ${show(this.#load, ({ one, versions }) => {
        const { policy } = one;
        const list = (all) => (all?.length ? all.join(', ') : t('sla.any'));
        return html`<header class="head"><h1 dir="auto">${policy.name?.[lang()] ?? one.id}</h1>${may('coordinator', 'quality') ? html`<button data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</header>
          <div class="columns"><div class="stack">
            ${policy.note ? html`<p class="muted" dir="auto">${policy.note}</p>` : nothing}
            ${card(t('warranty.terms'), plainTable([['warranty.part', ([part]) => term('coveredPart', part), 'wide'], ['warranty.length', ([, length]) => years(length), 'nowrap']], Object.entries(policy.terms ?? {})), { flush: true })}
            ${policy.guarantees?.length ? card(t('warranty.guarantees'), plainTable([['warranty.remedy', (it) => term('remedy', it.remedy), 'wide'], ['warranty.days', (it) => t('warranty.between', { from: it.fromDay ?? 0, until: it.untilDay }), 'nowrap']], policy.guarantees), { flush: true }) : nothing}
            ${card(t('warranty.exclusions'), plainTable([['warranty.exclusion', ([what]) => term('warrantyExclusion', what), 'wide'], ['warranty.effect', ([, effect]) => term('exclusionEffect', effect), 'nowrap']], Object.entries(policy.exclusions ?? {})), { flush: true })}
          </div><div class="stack">
            ${card(t('warranty.about'), facts([
              [t('warranty.profile'), term('warrantyProfile', policy.profile)], [t('device.model'), list(policy.scope?.models)], [t('person.region'), list(policy.scope?.regions)], [t('device.customer'), list(policy.scope?.customers)], [t('warranty.from'), policy.from && day(policy.from)], [t('calendar.zone'), policy.zone],
              [t('warranty.start'), policy.start?.map((it) => term('warrantyStart', it)).join(' → ')], [t('warranty.proof'), term('proof', policy.proof)], [t('warranty.repaired'), policy.repairedPart && years(policy.repairedPart)], [t('warranty.exchange'), term('exchangeTerm', policy.exchange)], [t('warranty.free'), t(policy.freeExchange ? 'word.yes' : 'word.no')],
            ]))}
            ${card(t('warranty.versions'), plainTable([['sla.version', (it) => it.version, 'num'], ['sla.saved.by', (it) => html`${it.madeBy}, ${ago(it.madeAt)}`, 'wide'], ['sla.state', (it) => (it.withdrawn ? t('warranty.withdrawn') : '')]], versions), { flush: true })}
          </div></div>`;
      })}
    </div>`;
  }
}

customElements.define('ac-warranty-policy', WarrantyPolicy);
