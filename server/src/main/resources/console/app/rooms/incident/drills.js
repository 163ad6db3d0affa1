import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { edit } from '../../ui/edit.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { planDialog } from './drill-plan.js';
import { actionsCard } from './improvements.js';

const PLANS = ['coordinator', 'quality'];

/** The drills: what the year still needs, those that are planned and were run, and what they showed is to be mended. */
class Drills extends View {
  static properties = { year: {} };
  #year = new Load(this, (signal) => api.get(withQuery('/drills/plan', { year: this.#shown() }), { signal }));
  #drills = new Load(this, async (signal) => (await api.get('/drills?limit=100', { signal })).items ?? []);
  #open = new Load(this, async (signal) => (await api.get('/improvements?limit=100', { signal })).items ?? []);
  #again = () => Promise.all([this.#year.run(), this.#drills.run(), this.#open.run()]);

  #shown() {
    return Number(this.year) || new Date().getUTCFullYear();
  }

  opened() {
    title(t('nav.drills'));
    this.#again();
  }

  #turn(by) {
    this.year = this.#shown() + by;
    stay('drills', null, { year: this.year });
    this.#year.run();
  }

  #evaluate(year) {
    edit({
      title: t('drill.year.evaluate', { year: year.year }), path: `/drills/plan?year=${year.year}`, to: `/drills/plan/${year.year}/evaluation`, done: this.#again, shape: 'wide',
      body: (now) => area({ label: t('drill.evaluation'), name: 'text', required: true, maxlength: 20000, rows: 8, value: now.text }),
    });
  }

  #plan(year) {
    const tools = html`<span class="right row"><button class="plain square" aria-label=${t('drill.year.before')} title=${t('drill.year.before')} @click=${() => this.#turn(-1)}>${icon('back')}</button><strong>${year.year}</strong>
      <button class="plain square turned" aria-label=${t('drill.year.after')} title=${t('drill.year.after')} @click=${() => this.#turn(1)}>${icon('back')}</button></span>`;
    return card(t('drill.year'), html`<ul class="quarters">${year.quarters.map((one) => html`<li><strong>${t('drill.quarter', { number: one.number })}</strong>${badge('duty', one.duty)}
        <span class="muted small">${one.drills.length ? one.drills.map((id) => html`<a href=${href('drill', id)}>${t('drill.number', { id })}</a> `) : t('drill.nothing')}</span></li>`)}
        <li><strong>${t('drill.evaluation')}</strong>${badge('duty', year.evaluation)}${may(...PLANS) ? html`<button class="plain" @click=${() => this.#evaluate(year)}>${t('action.edit')}</button>` : nothing}</li></ul>
      ${year.text ? html`<p class="said" dir="auto">${year.text}</p>` : nothing}`, { extra: tools });
  }

  #table(items) {
    return plainTable([
      ['drill.title', (one) => html`<a class="title" dir="auto" href=${href('drill', one.id)}>${one.plan.title}</a>${one.full ? html` <span class="badge info">${icon('check')}${t('drill.full')}</span>` : nothing}<div class="muted small">${term('drillkind', one.plan.kind)}</div>`, 'wide'],
      ['emergency.state', (one) => badge('drillstate', one.state)],
      ['emergency.level', (one) => badge('level', one.plan.level), 'nowrap'],
      ['drill.when', (one) => at(one.ranAt ?? one.scheduledAt), 'nowrap'],
      ['drill.score', (one) => (one.score == null ? '–' : number(one.score)), 'num'],
    ], items, { caption: t('nav.drills') });
  }

  render() {
    return html`<div class="page"><header class="head"><h1>${t('nav.drills')}</h1>${may(...PLANS) ? html`<button class="primary" @click=${() => planDialog(null, (made) => go('drill', made.id))}>${icon('plus')}${t('drill.plan')}</button>` : nothing}</header>
      <div class="columns"><div class="stack">${show(this.#year, (year) => this.#plan(year))}
        ${show(this.#drills, (items) => card(t('nav.drills'), items.length ? this.#table(items) : empty('calendar', t('drill.empty'), t('drill.empty.next')), { flush: true }))}</div>
        <div class="stack">${show(this.#open, (items) => actionsCard(items, { done: this.#again }))}</div></div></div>`;
  }
}

customElements.define('ac-drills', Drills);
