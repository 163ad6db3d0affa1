import { html, nothing } from 'lit';
import { day, number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { act } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { engineerFields, engineerOf } from './engineer-form.js';
import { field } from '../../ui/field.js';

const STATES = ['available', 'busy', 'off'];
dress({ engineerState: { available: ['good', 'check'], busy: ['info', 'wrench'], off: ['calm', 'off'] } });

/** Those who are sent to devices: skills, region, load, and when they must be trained. */
class Engineers extends Register {
  route = 'engineers';
  path = '/engineers';
  icon = 'wrench';

  key(one) {
    return one.name;
  }

  filters() {
    return [{ name: 'state', label: t('engineer.state'), options: STATES.map((one) => [one, term('engineerState', one)]) }, { name: 'region', label: t('person.region') }, { name: 'skill', label: t('engineer.skill') }];
  }

  #add() {
    act({
      title: t('engineer.new'), path: '/engineers', shape: 'wide', done: () => this.list.run(),
      body: () => [field({ label: t('login.username'), name: 'name', required: true, hint: t('engineer.name.hint') }), engineerFields(null)],
      change: (values, form) => ({ name: values.name, ...engineerOf(values, form) }),
    });
  }

  doings() {
    return may('coordinator') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('engineer.new')}</button>` : nothing;
  }

  open(one) {
    go('engineer', one.name);
  }

  columns() {
    return [
      ['engineer.name', (one) => html`<a class="title" href=${href('engineer', one.name)}>${one.name}</a>`, 'nowrap'], ['engineer.level', (one) => term('engineerRank', one.level), 'nowrap'], ['engineer.state', (one) => badge('engineerState', one.state)],
      ['engineer.skills', (one) => html`<span class="row">${one.skills.map((skill) => html`<span class="badge calm">${skill}</span>`)}</span>`, 'wide'],
      ['person.region', (one) => one.region || '–', 'nowrap'], ['person.outlet', (one) => one.outlet || '–', 'nowrap'], ['engineer.load', (one) => number(one.load), 'num'],
      ['engineer.training', (one) => (one.trainingDue ? html`<span class=${Date.parse(one.trainingDue) < Date.now() ? 'tone-critical' : ''}>${Date.parse(one.trainingDue) < Date.now() ? html`${t('training.overdue')} ` : nothing}${day(one.trainingDue)}</span>` : '–'), 'nowrap'],
    ];
  }
}

customElements.define('ac-engineers', Engineers);
