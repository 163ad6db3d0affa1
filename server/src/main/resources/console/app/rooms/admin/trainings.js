import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act, lines, run } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { plainTable, typed } from '../../ui/table.js';

dress({ training: { planned: ['calm', 'clock'], held: ['good', 'done'], cancelled: ['calm', 'off'] } });

/** The trainings of a year, and who must be trained by when. */
class Trainings extends Register {
  route = 'trainings';
  path = '/training-plan';
  icon = 'book';
  under = 'settings';
  #due = new Load(this, async (signal) => (await api.get('/trainings/due', { signal })).items);

  opened() {
    super.opened();
    this.#due.restart();
  }

  filters() {
    const year = new Date().getFullYear();
    return [{ name: 'year', label: t('training.year'), fallback: String(year), options: [year + 1, year, year - 1].map((one) => [String(one), String(one)]) }];
  }

  #plan() {
    const now = new Date();
    act({
      title: t('training.plan'), path: '/training-plan', done: () => this.list.run(),
      body: () => [pair(field({ label: t('training.year'), name: 'year', type: 'number', min: 2000, max: 2200, value: now.getFullYear(), required: true }), choice({ label: t('training.quarter'), name: 'quarter', value: Math.floor(now.getMonth() / 3) + 1, required: true, options: [1, 2, 3, 4].map((one) => [one, `Q${one}`]) })),
        field({ label: t('training.topic'), name: 'topic', required: true, maxlength: 300 }), choice({ label: t('training.audience'), name: 'audience', value: 'all', required: true, options: ['all', 'junior', 'senior'].map((one) => [one, term('audience', one)]) })],
      change: (values) => ({ ...values, year: Number(values.year), quarter: Number(values.quarter) }),
    });
  }

  #record(plan) {
    act({
      title: t('training.record'), path: '/trainings', done: () => Promise.all([this.list.run(), this.#due.run()]),
      body: () => [field({ label: t('training.topic'), name: 'topic', value: plan?.topic, required: true, maxlength: 300 }), area({ label: t('training.who'), name: 'engineers', required: true, hint: t('training.who.hint') }),
        pair(field({ label: t('training.held'), name: 'heldOn', type: 'date', required: true }), field({ label: t('training.hours'), name: 'hours', type: 'number', min: 0.5, step: 0.5, required: true })), field({ label: t('training.trainer'), name: 'trainer', required: true, maxlength: 200 }), area({ label: t('training.note'), name: 'note', maxlength: 2000 })],
      change: (values) => ({ ...values, engineers: lines(values.engineers), hours: Number(values.hours), plan: plan?.id }),
    });
  }

  #end(one, state) {
    return run(async () => {
      await api.patch(`/training-plan/${one.id}`, { state }, { etag: `"${one.version}"` });
      await this.list.run();
    });
  }

  doings() {
    return may('coordinator', 'quality') ? html`<button @click=${() => this.#record(null)}>${icon('check')}${t('training.record')}</button><button class="primary" @click=${() => this.#plan()}>${icon('plus')}${t('training.plan')}</button>` : nothing;
  }

  columns() {
    return [
      ['training.quarter', (one) => `${one.year} Q${one.quarter}`, 'nowrap'], ['training.topic', (one) => typed(one.topic), 'wide'], ['training.audience', (one) => term('audience', one.audience), 'nowrap'], ['engineer.state', (one) => badge('training', one.state)],
      [null, (one) => (one.state === 'planned' && may('coordinator', 'quality') ? html`<span class="row nowrap"><button @click=${() => this.#record(one)}>${t('training.record')}</button><button class="plain" @click=${() => this.#end(one, 'held')}>${t('training.done')}</button><button class="plain" @click=${() => this.#end(one, 'cancelled')}>${t('training.cancel')}</button></span>` : nothing), 'nowrap'],
    ];
  }

  above() {
    const due = this.#due.value ?? [];
    return due.length ? html`<div class="lead">${card(t('training.due'), plainTable([
      ['engineer.name', (one) => html`<a href=${href('engineer', one.engineer)}>${one.engineer}</a>`, 'wide'], ['engineer.level', (one) => term('engineerRank', one.level), 'nowrap'],
      ['training.by', (one) => html`<span class=${one.overdue ? 'tone-critical' : ''}>${one.overdue ? `${t('training.overdue')} ` : ''}${day(one.due)}</span>`, 'nowrap'],
    ], due), { flush: true })}</div>` : nothing;
  }
}

customElements.define('ac-trainings', Trainings);
