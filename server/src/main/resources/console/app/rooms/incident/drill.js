import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { bind } from '../../core/keys.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { planDialog } from './drill-plan.js';
import { actionsCard } from './improvements.js';
import { caseLink } from '../../ui/links.js';

/** One drill: its plan, what was run, and how it went by each criterion. */
class Drill extends View {
  static properties = { drillId: {} };
  #drill = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #done = () => this.#drill.run();

  #path() {
    return `/drills/${encodeURIComponent(this.drillId)}`;
  }

  opened() {
    this.own(bind([{ key: 'Escape', label: 'key.drills', run: () => go('drills') }]));
    this.#drill.restart();
  }

  updated() {
    title(this.#drill.value?.plan.title);
  }

  #run(drill) {
    act({
      title: t('drill.run'), confirm: t('drill.run'), danger: true, path: `${this.#path()}/run`, done: this.#done, words: t('drill.ran'),
      body: () => html`<p>${t('drill.run.what', { devices: drill.plan.devices.length })}</p>`, change: () => ({}),
    });
  }

  #evaluate(drill) {
    act({
      title: t('drill.evaluate'), confirm: t('drill.evaluate'), path: `${this.#path()}/evaluate`, done: this.#done, shape: 'wide',
      body: () => html`${drill.plan.criteria.map((one, i) => html`<fieldset class="plain"><legend dir="auto">${one}</legend>${pair(field({ label: t('drill.score.of'), name: `score.${i}`, type: 'number', min: 0, max: 100, required: true }), field({ label: t('drill.remark'), name: `remark.${i}`, maxlength: 2000 }))}</fieldset>`)}
        ${area({ label: t('drill.findings'), name: 'findings', hint: t('drill.findings.hint'), rows: 3 })}`,
      change: (values) => ({
        scores: drill.plan.criteria.map((criterion, i) => ({ criterion, score: Number(values[`score.${i}`]), ...(values[`remark.${i}`] && { remark: values[`remark.${i}`] }) })),
        findings: values.findings.split('\n').map((one) => one.trim()).filter(Boolean).map((text) => ({ text })),
      }),
    });
  }

  #doings(drill) {
    if (!may('coordinator', 'quality') || drill.state === 'evaluated') return nothing;
    return html`<div class="actionbar">${drill.state === 'planned' ? html`<button class="primary" @click=${() => this.#run(drill)}>${icon('play')}${t('drill.run')}</button><button @click=${() => planDialog(drill, this.#done)}>${icon('edit')}${t('action.edit')}</button>`
      : html`<button class="primary" @click=${() => this.#evaluate(drill)}>${icon('check')}${t('drill.evaluate')}</button>`}</div>`;
  }

  #scores(drill) {
    const scores = drill.evaluation ?? [];
    if (!scores.length) return card(t('drill.scores'), empty('chart', t('drill.scores.none'), t(`drill.scores.${drill.state}`)));
    return card(html`${t('drill.scores')} · <b>${number(drill.score)}</b>`, plainTable([
      ['drill.criterion', (one) => typed(one.criterion), 'wide'], ['drill.score', (one) => number(one.score), 'num'], ['drill.remark', (one) => typed(one.remark)],
    ], scores, { caption: t('drill.scores') }), { flush: true });
  }

  #plan({ plan, ...drill }) {
    return card(t('drill.theplan'), html`<p class="plan" dir="auto">${plan.content}</p>${facts([
      [t('drill.kind'), term('drillkind', plan.kind)], [t('drill.when'), at(drill.scheduledAt)], [t('drill.full'), drill.full ? t('drill.full.hint') : null], [t('drill.people'), plan.people.join(', ')],
      [t('drill.criteria'), html`<ul>${plan.criteria.map((one) => html`<li dir="auto">${one}</li>`)}</ul>`],
      [t('emergency.devices'), html`<span class="row">${plan.devices.map((id) => html`<a class="mono" href=${href('device', id)}>${id}</a>`)}</span>`],
      [t('drill.ranby'), drill.ranBy && html`${drill.ranBy} · ${at(drill.ranAt)}`],
      [t('drill.emergency'), drill.emergency && html`<a href=${href('emergency', drill.emergency)}>${t('drill.emergency')}</a>`],
      [t('drill.cases'), drill.cases?.length ? html`<span class="row">${drill.cases.map((one) => caseLink(one))}</span>` : null],
    ])}`);
  }

  render() {
    return html`<div class="page">${show(this.#drill, (drill) => html`
      <div class="headline"><div class="crumb"><a href=${href('drills')}>${t('nav.drills')}</a></div><h1 dir="auto">${drill.plan.title}</h1>
        <div class="row">${badge('drillstate', drill.state)}${badge('level', drill.plan.level)}<span class="muted">${at(drill.ranAt ?? drill.scheduledAt)}</span></div></div>
      ${this.#doings(drill)}
      <div class="columns"><div class="stack">${this.#scores(drill)}${actionsCard(drill.actions ?? [], { done: this.#done })}</div><div class="stack">${this.#plan(drill)}</div></div>`)}</div>`;
  }
}

customElements.define('ac-drill', Drill);
