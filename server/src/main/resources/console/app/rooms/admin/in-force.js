import { html } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { check, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';

const yes = (value) => t(value ? 'word.yes' : 'word.no');

/** The settings that count now, in one view: promises, rates of work, trainings, targets. */
class InForce extends View {
  #load = new Load(this, async (signal) => {
    const [policies, work, engineers, targets] = await Promise.all(['/sla-policies', '/work-order-settings', '/engineer-settings', '/kpi-targets'].map((path) => api.get(path, { signal })));
    return { policy: policies.items.find((one) => one.inForce), work, engineers, targets };
  });

  opened() {
    this.#load.restart();
  }

  updated() {
    title(t('nav.in-force'));
  }

  #engineers() {
    edit({
      title: t('force.training'), path: '/engineer-settings', done: () => this.#load.run(),
      body: (one) => [
        pair(field({ label: t('force.juniorMonths'), name: 'juniorMonths', type: 'number', min: 1, max: 60, value: one.juniorMonths, required: true }), field({ label: t('force.seniorMonths'), name: 'seniorMonths', type: 'number', min: 1, max: 60, value: one.seniorMonths, required: true })),
        pair(field({ label: t('force.remindDays'), name: 'remindDays', type: 'number', min: 0, max: 365, value: one.remindDays, required: true }), field({ label: t('force.expiringDays'), name: 'expiringDays', type: 'number', min: 0, max: 365, value: one.expiringDays, required: true })),
        choice({ label: t('force.overdueTool'), name: 'overdueTool', value: one.overdueTool, required: true, options: ['warn', 'refuse'].map((it) => [it, term('overdueTool', it)]) }), check({ label: t('force.quarterly'), name: 'quarterly', checked: one.quarterly }),
      ],
      change: (values) => ({ juniorMonths: Number(values.juniorMonths), seniorMonths: Number(values.seniorMonths), remindDays: Number(values.remindDays), expiringDays: Number(values.expiringDays), overdueTool: values.overdueTool, quarterly: values.quarterly === 'on' }),
    });
  }

  render() {
    const change = may('coordinator') ? html`<button class="right" @click=${() => this.#engineers()}>${icon('edit')}${t('action.edit')}</button>` : '';
    return html`<div class="page"><div class="crumb"><a href=${href('settings')}>${icon('back')}${t('nav.settings')}</a></div><header class="head"><h1>${t('nav.in-force')}</h1></header>
      ${show(this.#load, ({ policy, work, engineers, targets }) => html`<div class="columns even">
        ${card(t('force.promises'), facts([[t('nav.sla-policy'), policy && html`<a href=${href('sla-policy', policy.id)}>${policy.document.name}</a>`], [t('sla.version'), policy?.version], [t('force.zone'), targets.zone]]))}
        ${card(t('force.training'), facts([[t('force.juniorMonths'), engineers.juniorMonths], [t('force.seniorMonths'), engineers.seniorMonths], [t('force.quarterly'), yes(engineers.quarterly)], [t('force.remindDays'), engineers.remindDays], [t('force.expiringDays'), engineers.expiringDays], [t('force.overdueTool'), term('overdueTool', engineers.overdueTool)]]), { extra: change })}
        ${card(t('force.work'), facts([[t('force.labourBy'), term('labourBy', work.labourBy)], [t('force.labour'), number(work.labourPerHour)], ...Object.entries(work.workRates).map(([kind, rate]) => [term('workKind', kind), number(rate)]), [t('force.travel'), number(work.travelPerHour)]]))}
        ${card(t('force.visit'), facts([[t('force.preparation'), work.preparation.join(', ')], ...Object.entries(work.arrival)]))}
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-in-force', InForce);
