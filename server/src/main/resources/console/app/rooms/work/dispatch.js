import { html, nothing } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { number } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { local } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { failed, skeleton } from '../../ui/states.js';
import { say } from '../../ui/toast.js';

const HOUR_MS = 3_600_000;
const LASTS_MS = 2 * HOUR_MS;
const POINTS_MAX = 120;
const REASONS = { region: 'building', distance: 'truck', load: 'queue', outlet: 'people' };

/** Why somebody is a good choice: in words where the server says of what the points are, else in its own. */
function reason(one) {
  const words = one.value == null ? one.text : t(`dispatch.reason.${one.what}`, { value: one.value || t('dispatch.noregion') });
  return html`<span class="badge ${one.points > 0 ? 'good' : 'calm'}" title=${one.text}>${icon(REASONS[one.what])}${words} <b>+${number(one.points)}</b></span>`;
}

function candidate(one, best, chosen, choose) {
  return html`<label class="candidate ${one.engineer === chosen ? 'chosen' : ''}">
    <input type="radio" name="engineer" value=${one.engineer} required .checked=${one.engineer === chosen} @change=${() => choose(one.engineer)}>
    <span class="grow"><span class="row nowrap"><strong>${one.engineer}</strong>${best ? html`<span class="badge proactive">${icon('star')}${t('dispatch.best')}</span>` : nothing}<span class="right num">${t('dispatch.points', { points: number(one.score) })}</span></span>
      ${progress([['moving', one.score]], POINTS_MAX, t('dispatch.points', { points: number(one.score) }))}
      <span class="row">${one.reasons.map(reason)}</span></span>
  </label>`;
}

function refusedList(refused, chosen) {
  if (!refused.length) return nothing;
  return html`<details ?open=${refused.some((one) => one.engineer === chosen)}><summary>${t('dispatch.refused', { count: refused.length })}</summary>
    <ul class="mini">${refused.map((one) => html`<li><strong>${one.engineer}</strong><span class="muted small">${one.refusals.join('; ')}</span></li>`)}</ul></details>`;
}

/** Who can go in the slot that the form says: asked for again whenever the slot changes. */
class Choice {
  answer = null;
  failure = null;
  chosen;
  #order;
  #asked = null;

  constructor(order, engineer) {
    this.#order = order;
    this.chosen = engineer;
  }

  async look(start, end, again) {
    this.#asked?.abort();
    const asked = (this.#asked = new AbortController());
    try {
      this.answer = await api.get(withQuery(`/work-orders/${this.#order.id}/candidates`, { start: start.toISOString(), end: end.toISOString() }), { signal: asked.signal });
      this.failure = null;
      if (!this.answer.candidates.some((one) => one.engineer === this.chosen)) this.chosen ??= this.answer.candidates[0]?.engineer;
    } catch (failure) {
      if (asked.signal.aborted) return;
      this.failure = failure;
    }
    again();
  }

  draw(again) {
    if (this.failure) return failed(this.failure);
    if (!this.answer) return skeleton();
    const { candidates, refused, tools } = this.answer;
    const choose = (engineer) => {
      this.chosen = engineer;
      again();
    };
    return html`
      ${tools?.troubles?.length ? html`<div class="row ${tools.refuse ? 'tone-critical' : 'tone-warning'}">${icon('alert')}<span>${tools.troubles.join('; ')}</span></div>` : nothing}
      ${candidates.length ? html`<div class="candidates" role="radiogroup" aria-label=${t('dispatch.candidates')}>${candidates.map((one, i) => candidate(one, i === 0, this.chosen, choose))}</div>`
        : html`<p class="row tone-warning">${icon('alert')}${t('dispatch.none')}</p>`}
      ${refusedList(refused, this.chosen)}`;
  }
}

/** Opens the drawer in which somebody is sent: a time, and who can go then, the best first, with the reasons. */
export function dispatchDrawer(order, { start, engineer, done }) {
  const choice = new Choice(order, engineer);
  let [from, until] = [start, new Date(start.getTime() + LASTS_MS)];
  let started = false;
  ask({
    title: t('dispatch.whose', { number: order.number }),
    shape: 'drawer',
    confirm: t('dispatch.do'),
    body: (again) => {
      const changed = ({ target }) => {
        if (!target.value) return;
        if (target.name === 'start') [from, until] = [new Date(target.value), new Date(new Date(target.value).getTime() + (until - from))];
        if (target.name === 'end') until = new Date(target.value);
        again();
        choice.look(from, until, again);
      };
      if (!started) {
        started = true;
        choice.look(from, until, again);
      }
      return html`<p dir="auto">${order.task}</p>
        <p class="muted small"><span class="mono">${order.device}</span> · ${order.model} · ${order.region} · ${term('orderType', order.type)}</p>
        <div @change=${changed}>${pair(field({ label: t('dispatch.start'), name: 'start', type: 'datetime-local', value: local(from.toISOString()), required: true }),
          field({ label: t('dispatch.end'), name: 'end', type: 'datetime-local', value: local(until.toISOString()), required: true }))}</div>
        <h3>${t('dispatch.candidates')}</h3>${choice.draw(again)}`;
    },
    submit: async (values) => {
      await api.post(`/work-orders/${order.id}/dispatch`, { engineer: values.engineer, start: new Date(values.start).toISOString(), end: new Date(values.end).toISOString() });
      say(t('dispatch.done', { number: order.number, engineer: values.engineer }));
      await done();
    },
  });
}
