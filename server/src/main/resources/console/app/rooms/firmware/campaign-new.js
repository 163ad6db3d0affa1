import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { check, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, failed, show } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { draftOf, STAGES, stagesWrong } from './campaign-draft.js';
import './campaign-preview.js';

const MODES = ['forced', 'soft', 'time-forced', 'download-only'];
const ACTIONS = ['pause', 'abort', 'rollback'];
/** What holds where a field is left empty, as the server has it. */
const USUAL = { success: '95', error: '10', minimum: '10', soak: '30', alpha: '1', hours: '1' };
const usually = (value) => t('new.usually', { value });
const TARGETS = ['device.region == "EU-Central"', 'semver(device.firmware) < semver("2.0.0")', 'device.tags["beta"] == "yes"'];

/** A new campaign: what, to whom, in which steps, how fast, and what stops it. It begins only after another person has approved it. */
class CampaignNew extends View {
  static properties = { query: { attribute: false }, stages: { state: true }, release: { state: true }, target: { state: true }, failure: { state: true }, busy: { state: true } };
  stages = STAGES;
  target = '';
  #releases = new Load(this, (signal) => this.#read(signal));

  opened() {
    this.release ??= this.query.get('release') ?? '';
    this.#releases.restart();
  }

  /** The releases that can be brought out; the newest is chosen unless another one was asked for. */
  async #read(signal) {
    const all = (await api.get('/releases?limit=100', { signal })).items.filter((one) => !one.withdrawal);
    this.release ||= all[0]?.id ?? '';
    return all;
  }

  #usualName() {
    const one = this.#releases.value?.find(({ id }) => id === this.release);
    return one ? `${one.product} ${one.version}` : '';
  }

  updated() {
    title(t('campaign.new'));
  }

  #stage(i, change) {
    this.stages = this.stages.map((one, at) => (at === i ? { ...one, ...change } : one));
  }

  async #create(event) {
    event.preventDefault();
    if (this.busy) return;
    const wrong = stagesWrong(this.stages);
    this.failure = wrong ? new Error(wrong) : null;
    if (wrong) return;
    this.busy = true;
    try {
      const made = await api.post('/campaigns', draftOf(Object.fromEntries(new FormData(event.target)), this.stages, this.#usualName()));
      say(t('campaign.created'));
      go('campaign', made.id);
    } catch (failure) {
      this.failure = failure;
    }
    this.busy = false;
  }

  #what(releases) {
    return card(t('new.what'), html`<div class="stack">
      ${pair(
        choice({ label: t('campaign.release'), name: 'release', value: this.release, required: true, options: releases.map((one) => [one.id, `${one.product} ${one.version}`]), change: (event) => (this.release = event.target.value) }),
        field({ label: t('campaign.name'), name: 'name', placeholder: this.#usualName(), maxlength: 200 }),
      )}
      <label class="field"><span>${t('new.target')}</span><span class="muted small">${t('new.target.hint')}</span>
        <textarea class="mono" name="target" rows="2" spellcheck="false" .value=${this.target} @input=${(event) => (this.target = event.target.value)}></textarea></label>
      <div class="row small"><span class="muted">${t('new.examples')}</span>${TARGETS.map((one) => html`<button type="button" class="chip mono" @click=${() => (this.target = this.target.trim() ? `${this.target.trim()} && ${one}` : one)}>${one}</button>`)}</div></div>`);
  }

  #steps() {
    return card(t('new.stages'), html`<div class="stack"><p class="muted small">${t('new.stages.hint')}</p>
      <ol class="stage-rows">${this.stages.map((one, i) => html`<li><span class="muted">${t('campaign.stage', { n: i + 1 })}</span>
        <input type="number" min="0" step="any" aria-label=${t('new.stage.amount', { n: i + 1 })} .value=${one.amount} @input=${(event) => this.#stage(i, { amount: event.target.value })}>
        <select aria-label=${t('new.stage.unit', { n: i + 1 })} @change=${(event) => this.#stage(i, { unit: event.target.value })}><option value="percent" ?selected=${one.unit === 'percent'}>${t('new.percent')}</option><option value="count" ?selected=${one.unit === 'count'}>${t('new.count')}</option></select>
        <label class="row check nowrap"><input type="checkbox" .checked=${one.manual} @change=${(event) => this.#stage(i, { manual: event.target.checked })}><span>${t('new.manual')}</span></label>
        <button type="button" class="plain square" ?disabled=${this.stages.length < 2} aria-label=${t('new.stage.drop', { n: i + 1 })} @click=${() => (this.stages = this.stages.filter((_, at) => at !== i))}>${icon('close')}</button></li>`)}</ol>
      <div><button type="button" @click=${() => (this.stages = [...this.stages.slice(0, -1), { amount: '', unit: 'percent', manual: false }, ...this.stages.slice(-1)])}>${icon('plus')}${t('new.stage.add')}</button></div></div>`);
  }

  #gate() {
    return card(t('campaign.gate'), html`<div class="stack"><p class="muted small">${t('new.gate.hint')}</p>
      ${pair(field({ label: t('new.success'), name: 'success', type: 'number', min: 0, max: 100, step: 'any', placeholder: USUAL.success }), field({ label: t('new.error'), name: 'error', type: 'number', min: 0.01, max: 100, step: 'any', placeholder: USUAL.error }))}
      ${pair(field({ label: t('gate.minimum'), name: 'minimum', type: 'number', min: 1, placeholder: USUAL.minimum }), field({ label: t('new.soak'), name: 'soak', type: 'number', min: 1, placeholder: USUAL.soak }))}
      ${pair(field({ label: t('gate.metrics'), name: 'metrics', hint: t('new.metrics.hint') }), field({ label: t('new.alpha'), name: 'alpha', type: 'number', min: 0.01, max: 20, step: 'any', placeholder: USUAL.alpha, hint: t('new.alpha.hint') }))}
      ${pair(choice({ label: t('gate.action'), name: 'action', options: ACTIONS.map((one) => [one, term('gateaction', one)]).slice(1), none: usually(term('gateaction', ACTIONS[0])) }), nothing)}</div>`);
  }

  #pace() {
    return card(t('plan.title'), html`<div class="stack">
      ${pair(choice({ label: t('campaign.mode'), name: 'mode', options: MODES.map((one) => [one, term('mode', one)]).slice(1), none: usually(term('mode', MODES[0])) }), field({ label: t('plan.deadline'), name: 'deadline', type: 'datetime-local' }))}
      ${pair(field({ label: t('new.windowStart'), name: 'windowStart', type: 'time' }), field({ label: t('new.windowHours'), name: 'windowHours', type: 'number', min: 1, max: 24, placeholder: USUAL.hours }))}
      ${pair(choice({ label: t('new.zone'), name: 'zone', options: [['UTC', 'UTC'], [Intl.DateTimeFormat().resolvedOptions().timeZone, Intl.DateTimeFormat().resolvedOptions().timeZone]].filter(([zone], i, all) => all.findIndex(([other]) => other === zone) === i), none: usually(t('plan.zone.device')) }), field({ label: t('new.perMinute'), name: 'perMinute', type: 'number', min: 1, placeholder: t('new.rate.none') }))}
      ${pair(field({ label: t('new.megabytes'), name: 'megabytes', type: 'number', min: 0.01, step: 'any', placeholder: t('new.rate.none') }), nothing)}
      ${check({ label: t('plan.confirm.yes'), name: 'confirm' })}${check({ label: t('new.draft'), name: 'draft', hint: t('new.draft.hint') })}</div>`);
  }

  render() {
    return html`<div class="page">${show(this.#releases, (releases) => (releases.length ? html`<form @submit=${this.#create}>
      <div class="headline"><div class="crumb"><a href=${href('campaigns')}>${t('nav.campaigns')}</a></div><h1>${t('campaign.new')}</h1><p class="muted">${t('campaign.new.hint')}</p></div>
      <div class="actionbar"><button class="primary" data-do="create" ?disabled=${this.busy}>${icon('check')}${t('campaign.create')}</button><a class="button" href=${href('campaigns')}>${t('action.cancel')}</a></div>
      <div aria-live="polite">${this.failure ? failed(this.failure) : nothing}</div>
      <div class="columns"><div class="stack">${this.#what(releases)}${this.#steps()}${this.#gate()}${this.#pace()}</div>
        <div class="stack beside"><ac-campaign-preview .release=${this.release} .target=${this.target}></ac-campaign-preview></div></div>
    </form>` : html`<header class="head"><h1>${t('campaign.new')}</h1></header>${empty('release', t('releases.empty'), t('releases.empty.next'))}`))}</div>`;
  }
}

customElements.define('ac-campaign-new', CampaignNew);
