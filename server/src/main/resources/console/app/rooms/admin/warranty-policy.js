import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day, money } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { act, edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { who } from '../../ui/who.js';
import { EXCLUSIONS, PARTS, warrantyFields, warrantyOf } from './warranty-form.js';
import { lengthWords } from './warranty-length.js';

const yes = (value) => t(value ? 'word.yes' : 'word.no');
/** The note of a policy that came with the program is in both languages; that of a person is as it was written. */
function noteOf({ id, madeBy, policy }) {
  const words = t(`warrantyNote.${id}`);
  return madeBy === 'system' && !words.startsWith('warrantyNote.') ? words : policy.note;
}

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
      body: (first, again) => [html`<p class="muted">${t('warranty.edit.hint')}</p>`, warrantyFields(first, again)], change: (values, first, form) => warrantyOf(form, first),
    });
  }

  #withdraw(one) {
    act({
      title: t('warranty.withdraw'), danger: true, confirm: t('warranty.withdraw'), body: () => html`<p>${t('warranty.withdraw.hint')}</p>`, words: t('warranty.withdrawn'),
      send: () => api.delete(this.#path(), { etag: `"${one.version}"` }), done: () => this.#load.run(),
    });
  }

  #main(one) {
    const { policy } = one;
    const listed = (known, said) => known.filter((one) => one in (said ?? {})).map((one) => [one, said[one]]);
    return html`${noteOf(one) ? html`<p class="muted" dir="auto">${noteOf(one)}</p>` : nothing}
      ${card(t('warranty.terms'), plainTable([['warranty.part', ([part]) => term('coveredPart', part), 'wide'], ['warranty.length', ([, length]) => lengthWords(length), 'nowrap']], listed(PARTS, policy.terms)), { flush: true })}
      ${policy.guarantees?.length ? card(t('warranty.guarantees'), plainTable([['warranty.remedy', (it) => term('remedy', it.remedy), 'wide'], ['warranty.days', (it) => t('warranty.between', { from: it.fromDay ?? 0, until: it.untilDay }), 'nowrap']], policy.guarantees), { flush: true }) : nothing}
      ${card(t('warranty.exclusions'), plainTable([['warranty.exclusion', ([what]) => term('warrantyExclusion', what), 'wide'], ['warranty.effect', ([, effect]) => term('exclusionEffect', effect), 'nowrap']], listed(EXCLUSIONS, policy.exclusions)), { flush: true })}`;
  }

  #about(policy) {
    const list = (all) => (all?.length ? all.join(', ') : t('sla.any'));
    return facts([
      [t('warranty.profile'), term('warrantyProfile', policy.profile)], [t('device.model'), list(policy.scope?.models)], [t('person.region'), list(policy.scope?.regions)], [t('device.customer'), list(policy.scope?.customers)], [t('warranty.from'), policy.from ? day(policy.from) : t('warranty.always')], [t('calendar.zone'), policy.zone],
      [t('warranty.start'), policy.start?.map((it) => term('warrantyStart', it)).join(' → ')], [t('warranty.grace'), policy.productionGrace && lengthWords(policy.productionGrace)], [t('warranty.proof'), term('proof', policy.proof)],
      [t('warranty.repaired'), policy.repairedPart && lengthWords(policy.repairedPart)], [t('warranty.exchange'), term('exchangeTerm', policy.exchange)], [t('warranty.free'), yes(policy.freeExchange)],
    ]);
  }

  #returns({ returns = {}, loanerReturnDays }) {
    return facts([
      [t('warranty.changed'), returns.nonQualityDays ?? 0], [t('warranty.unused'), yes(returns.nonQualityUnused ?? true)], [t('warranty.packed'), yes(returns.nonQualityPackIntact ?? true)],
      [t('warranty.compensation'), money(returns.compensationMax ?? 0)], [t('warranty.loaner'), loanerReturnDays ?? 0],
    ]);
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('warranty-policies')}>${icon('back')}${t('nav.warranty-policies')}</a></div>
      ${show(this.#load, ({ one, versions }) => html`<header class="head"><h1 dir="auto">${one.policy.name?.[lang()] ?? one.id}</h1>${one.withdrawn ? html`<span class="badge calm">${icon('off')}${t('warranty.withdrawn')}</span>` : html`<span class="badge good">${icon('check')}${t('sla.inForce')}</span>`}
          ${may('coordinator', 'quality') ? html`${one.withdrawn ? nothing : html`<button data-do="withdraw" @click=${() => this.#withdraw(one)}>${t('warranty.withdraw')}</button>`}<button class="primary" data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</header>
        <div class="columns"><div class="stack">${this.#main(one)}</div><div class="stack">
          ${card(t('warranty.about'), this.#about(one.policy))}${card(t('warranty.returns'), this.#returns(one.policy))}
          ${card(t('warranty.versions'), plainTable([['sla.version', (it) => it.version, 'num'], ['sla.saved.by', (it) => html`${who(it.madeBy)}, ${ago(it.madeAt)}`, 'wide'], ['sla.state', (it) => (it.withdrawn ? t('warranty.withdrawn') : ''), 'nowrap']], versions), { flush: true })}
          <details><summary>${t('warranty.document')}</summary><pre class="source" tabindex="0">${JSON.stringify(one.policy, null, 2)}</pre></details>
        </div></div>`)}
    </div>`;
  }
}

customElements.define('ac-warranty-policy', WarrantyPolicy);
