import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { toTheMinute } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { edit, run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { who } from '../../ui/who.js';
import { CLOCKS, promiseWords } from './promise.js';
import { policyFields, policyOf } from './sla-form.js';
import { inForceBadge, whenWords } from './sla-parts.js';

/** One policy: what it promises to whom, who hears when time runs out, and when each promise would be due if it began now. */
class SlaPolicy extends View {
  static properties = { policyId: {}, region: { state: true } };
  region = '*';
  #load = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #due = new Load(this, (signal) => this.#preview(signal));

  opened() {
    this.#load.restart().then(() => this.#load.value && this.#due.restart());
  }

  updated() {
    title(this.#load.value?.document.name ?? t('nav.sla-policies'));
  }

  #path() {
    return `/sla-policies/${encodeURIComponent(this.policyId)}`;
  }

  /** When each promise of each rule would be over by the chosen region's calendar; what counts round the clock needs no calendar. */
  async #preview(signal) {
    const { document } = this.#load.value;
    const calendar = document.calendars[this.region] ?? document.calendars['*'];
    const due = async (promise) => {
      if (!promise || promise.none) return null;
      if (!promise.workingDays && promise.count !== 'business') return (await api.get(withQuery('/calendars/always/due', { open: promise.target }), { signal })).due;
      return (await api.get(withQuery(`/calendars/${encodeURIComponent(promise.calendar ?? calendar)}/due`, promise.workingDays ? { open: `P${promise.workingDays}D`, days: true } : { open: promise.target }), { signal })).due;
    };
    return Promise.all(document.rules.map(async (rule) => Object.fromEntries(await Promise.all(Object.entries(rule.clocks).map(async ([clock, promise]) => [clock, await due(promise)])))));
  }

  #edit() {
    edit({
      title: this.#load.value.document.name, path: this.#path(), of: (thing) => thing.document, shape: 'wide', words: t('sla.saved'),
      body: (first, again) => policyFields(first, again), change: (values, first, form) => policyOf(form),
      done: async () => {
        await this.#load.run();
        await this.#due.run();
      },
    });
  }

  #enforce() {
    return run(async () => {
      await api.post(`${this.#path()}/enforce`);
      await this.#load.run();
    }, t('sla.enforced'));
  }

  #promise(rule, index, clock) {
    const due = this.#due.value?.[index]?.[clock];
    return html`<b>${promiseWords(rule.clocks[clock])}</b>${due ? html`<div class="small muted">${toTheMinute(due)}</div>` : nothing}`;
  }

  #rules({ rules, calendars }) {
    const regions = Object.keys(calendars);
    const extra = html`<label class="row right"><span class="muted small">${t('sla.preview')}</span><select class="slim" @change=${(event) => { this.region = event.target.value; this.#due.run(); }}>${regions.map((one) => html`<option value=${one} ?selected=${one === this.region}>${one === '*' ? t('sla.any') : one}</option>`)}</select></label>`;
    const lines = rules.map((rule, index) => ({ rule, index }));
    return card(t('sla.rules'), plainTable([
      ['sla.when', ({ rule, index }) => html`<span class="muted">${index + 1}.</span> ${whenWords(rule.when)}`, 'wide'],
      ...CLOCKS.map((clock) => [`promiseClock.${clock}`, ({ rule, index }) => this.#promise(rule, index, clock), 'nowrap']),
    ], lines), { extra, flush: true });
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('sla-policies')}>${icon('back')}${t('nav.sla-policies')}</a></div>
      ${show(this.#load, (one) => html`
        <header class="head"><h1>${one.document.name}</h1>${inForceBadge(one)}
          ${may('coordinator') && !one.inForce ? html`<button data-do="enforce" @click=${() => this.#enforce()}>${icon('play')}${t('sla.enforce')}</button>` : nothing}
          ${may('coordinator') ? html`<button class="primary" data-do="edit" @click=${() => this.#edit()}>${icon('edit')}${t('action.edit')}</button>` : nothing}</header>
        <div class="stack">
          <p class="muted small">${t('sla.version')} ${one.version}, ${who(one.savedBy)}, ${ago(one.savedAt)}. ${t('sla.note')}</p>
          ${this.#rules(one.document)}
          <div class="columns even">
            ${card(t('sla.escalation'), plainTable([['sla.percent', (step) => `${step.percent} %`, 'num'], ['sla.tell', (step) => term('tells', step.to), 'wide']], one.document.escalation ?? []), { flush: true })}
            ${card(t('sla.calendars'), plainTable([['person.region', ([region]) => (region === '*' ? t('sla.any') : region), 'wide'], ['nav.calendar', ([, calendar]) => html`<a href=${href('calendar', calendar)}>${calendar}</a>`]], Object.entries(one.document.calendars)), { flush: true })}
          </div>
        </div>`)}
    </div>`;
  }
}

customElements.define('ac-sla-policy', SlaPolicy);
