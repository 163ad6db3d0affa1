import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { show } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { ago } from '../../ui/time.js';
import { BEGINNING, idOf, modelsOf, standing, titleOf } from './rule-shape.js';
import { activateDialog, keepDraft, ruleBar } from './rule-steps.js';
import { otherWords } from './rule-race.js';
import './code.js';
import './rule-check.js';
import './rule-help.js';
import './rule-backtest.js';
import './rule-versions.js';
import './rule-explain.js';

const GATHER_MS = 800;
const TABS = ['write', 'backtest', 'versions', 'device'];

const keyOf = (id) => `aftercare.rule.${id ?? ''}`;
const unsaved = (id) => sessionStorage.getItem(keyOf(id)) ?? undefined;

/** One rule: its text with mistakes at their place, what it would have found, its versions, and how it stands with a device. */
class Rule extends View {
  static properties = { ruleId: {}, query: { attribute: false }, text: { state: true }, errors: { state: true }, other: { state: true }, compiled: { state: true }, beat: { state: true } };
  errors = [];
  other = null;
  beat = 0;
  #rule = new Load(this, (signal) => this.#read(signal));
  #reload = gather(() => this.refresh(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'rule.changed' && (data.id ?? data.rule) === this.ruleId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.#rule.restart();
  }

  /** The rule in force and every version; what somebody has begun to write stays. */
  async #read(signal) {
    if (!this.ruleId) {
      this.text ??= unsaved(this.ruleId) ?? BEGINNING;
      return { rule: null, versions: [], saved: '' };
    }
    const path = `/rules/${encodeURIComponent(this.ruleId)}`;
    const [rule, versions] = await Promise.all([api.get(path, { signal }), api.get(`${path}/versions?limit=100`, { signal })]);
    const saved = versions.items[0]?.source ?? '';
    this.text ??= unsaved(this.ruleId);
    if (this.text === undefined || this.text === this.#rule.value?.saved) this.text = saved;
    else if (this.#rule.value && saved !== this.#rule.value.saved) this.other = versions.items[0];
    return { rule, versions: versions.items, saved };
  }

  /** Keeps what is written and not saved, for who leaves the page and comes back in the same tab. */
  willUpdate(changed) {
    if (!changed.has('text') || !this.value) return;
    if (this.dirty && this.text !== BEGINNING) sessionStorage.setItem(keyOf(this.ruleId), this.text);
    else sessionStorage.removeItem(keyOf(this.ruleId));
  }

  async refresh() {
    this.beat += 1;
    await this.#rule.run();
  }

  get value() {
    return this.#rule.value;
  }

  #tab() {
    const tab = this.query.get('tab');
    return TABS.includes(tab) ? tab : TABS[0];
  }

  choose(tab) {
    const query = { tab: tab === TABS[0] ? null : tab };
    stay(this.ruleId ? 'rule' : 'rule-new', this.ruleId, query);
    this.query = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  }

  /** Takes a stored text into the editor, with the way back to what was there. */
  take(source) {
    const before = this.text;
    this.text = source;
    this.choose('write');
    say(t('rule.taken'), () => (this.text = before));
  }

  /** After a save: a new rule has an address now. */
  async saved(id) {
    this.other = null;
    sessionStorage.removeItem(keyOf(this.ruleId));
    if (!this.ruleId) return go('rule', id);
    this.#rule.value.saved = this.text;
    return this.refresh();
  }

  updated() {
    title(this.#rule.value?.rule ? titleOf(this.#rule.value.rule) : (this.ruleId ?? t('rules.new')));
  }

  get dirty() {
    return this.text !== undefined && this.text !== this.#rule.value?.saved;
  }

  #head({ rule }) {
    return html`<div class="headline">
      <div class="crumb"><a href=${href('rules')}>${t('nav.rules')}</a> / <span class="mono">${rule?.id ?? t('rules.new')}</span></div>
      <h1 dir="auto">${rule ? titleOf(rule) : t('rules.new')}</h1>
      ${rule ? html`<div class="row">${badge('ruleState', standing({ ...rule, enabled: this.#inForce() != null }))}${badge('severity', rule.fault.severity ?? 'major')}<span class="mono">${rule.fault.code}</span>
        <span class="muted">${modelsOf(rule) || t('rules.everything')}</span><span class="muted">${t('rule.inForce', { version: this.#inForce() ?? '–' })}, ${rule.author}, ${ago(rule.at)}</span></div>` : html`<p class="muted">${t('rules.new.hint')}</p>`}
    </div>`;
  }

  #inForce() {
    return this.#rule.value?.versions.find((one) => one.active)?.version ?? null;
  }

  #write() {
    return html`<div class="columns">
      <div class="stack"><section class="card">
        <header><h2>${t('rule.text')}</h2>${this.dirty ? html`<span class="badge warning">${t('rule.unsaved')}</span>` : nothing}
          ${this.dirty && this.ruleId ? html`<button class="plain right" @click=${() => this.take(this.value.saved)}>${t('rule.discard')}</button>` : nothing}</header>
        <div class="body"><ac-code .label=${t('rule.text')} .value=${this.text ?? ''} .errors=${this.errors} ?fixed=${!may('engineer', 'quality')}
          @typed=${(event) => (this.text = event.detail)} @asked=${() => this.#checked().now()}></ac-code></div>
      </section></div>
      <div class="stack">
        <ac-rule-check .text=${this.text ?? ''} @checked=${(event) => ([this.errors, this.compiled] = [event.detail.errors, event.detail.rule])}></ac-rule-check>
        ${may('engineer', 'quality') ? html`<ac-rule-help @chosen=${(event) => this.querySelector('ac-code').insert(event.detail)}></ac-rule-help>` : nothing}
      </div>
    </div>`;
  }

  #checked() {
    return this.querySelector('ac-rule-check');
  }

  #panel(tab, value) {
    switch (tab) {
      case 'backtest':
        return html`<ac-rule-backtest .text=${this.text} .broken=${this.errors.length > 0}></ac-rule-backtest>`;
      case 'versions':
        return html`<ac-rule-versions .versions=${value.versions} .page=${this}></ac-rule-versions>`;
      case 'device':
        return html`<ac-rule-explain .ruleId=${this.ruleId} .models=${modelsOf(value.rule)} .query=${this.query}></ac-rule-explain>`;
      default:
        return this.#write();
    }
  }

  render() {
    return html`<div class="page">${show(this.#rule, (value) => {
      const tab = this.#tab();
      const tabs = this.ruleId ? TABS : TABS.slice(0, 2);
      return html`${this.#head(value)}
        ${ruleBar(this, { ...value, dirty: this.dirty, inForce: this.#inForce() })}
        <div aria-live="polite">${this.other ? otherWords(this) : nothing}</div>
        <div class="tabs pagetabs">${tabs.map((one) => html`<button data-tab=${one} aria-pressed=${String(one === tab)} @click=${() => this.choose(one)}>${t(`ruleTab.${one}`)}${one === 'versions' ? html` <span class="muted">${value.versions.length}</span>` : nothing}</button>`)}</div>
        ${this.#panel(tab, value)}`;
    })}</div>`;
  }

  /** Puts what is written in force, after a look at what changes. */
  activate() {
    activateDialog(this, { ...this.value, inForce: this.#inForce(), id: this.ruleId ?? idOf(this.text) });
  }

  keep() {
    return keepDraft(this, { inForce: this.#inForce(), id: this.ruleId ?? idOf(this.text) });
  }
}

customElements.define('ac-rule', Rule);
