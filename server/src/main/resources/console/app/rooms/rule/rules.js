import { html, nothing } from 'lit';
import { go, href, stay } from '../../core/router.js';
import { number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { bind } from '../../core/keys.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { ListPage } from '../../ui/listpage.js';
import { empty } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { modelsOf, standing, titleOf } from './rule-shape.js';
import { libraryDialog } from './rule-library.js';
import '../../ui/search.js';

const STANDINGS = ['on', 'parked', 'off'];
const FINDING = 'finding';

/** Whether a rule is one of those asked for: any, those with open faults, or those that stand so. */
const is = (rule, state) => !state || (state === FINDING ? rule.open > 0 : standing(rule) === state);

/** The rules that turn telemetry into faults: how each stands, and how much it finds. */
class Rules extends ListPage {
  static properties = { query: { attribute: false } };
  path = '/rules';
  events = ['rule.changed', 'fault.changed'];
  #cursor = new Cursor(this, { ids: () => this.#shown(this.items()).map((one) => one.id), open: (id) => go('rule', id), name: 'rules', reveal: (index) => this.window.reveal(index) });

  opened() {
    super.opened();
    if (may('engineer', 'quality')) this.own(bind([{ key: 'n', label: 'key.rule.new', run: () => go('rule-new') }]));
  }

  heading() {
    return t('nav.rules');
  }

  params() {
    return { all: true };
  }

  tools() {
    return html`<ac-search .label=${t('rules.search')} .value=${this.query.get('q') ?? ''} @sought=${(event) => this.#filter({ q: event.detail })}></ac-search>
      ${may('engineer', 'quality') ? html`<button @click=${() => libraryDialog(() => this.list.run())}>${icon('book')}${t('rules.library')}</button>
        <a class="button" href=${href('rule-new')}>${icon('plus')}${t('rules.new')}</a>` : nothing}`;
  }

  nothing() {
    return empty('rule', t('rules.empty'), t('rules.empty.next'));
  }

  #filter(change) {
    const query = { q: this.query.get('q'), state: this.query.get('state'), ...change };
    stay('rules', null, query);
    this.query = new URLSearchParams(Object.entries(query).filter(([, value]) => value));
  }

  #shown(items) {
    const words = (this.query.get('q') ?? '').toLowerCase();
    const state = this.query.get('state');
    return items.filter((rule) => is(rule, state) && (!words || `${rule.id} ${rule.title} ${titleOf(rule)} ${rule.code} ${modelsOf(rule)}`.toLowerCase().includes(words)));
  }

  bar(items) {
    const state = this.query.get('state') ?? '';
    const count = (one) => items.filter((rule) => is(rule, one)).length;
    return html`<div class="tools tabs" role="group" aria-label=${t('rule.state')}>${['', FINDING, ...STANDINGS].map((one) => html`<button aria-pressed=${String(one === state)} @click=${() => this.#filter({ state: one })}>${t(one === FINDING ? 'rules.finding' : one ? `ruleState.${one}` : 'rules.all')} <span class="muted">${number(count(one))}</span></button>`)}</div>`;
  }

  #row(rule) {
    return html`<tr class=${this.#cursor.mark(rule.id)} @click=${rowClick(() => go('rule', rule.id))}>
      <td class="wide"><a class="title" href=${href('rule', rule.id)} dir="auto">${titleOf(rule)}</a><div class="sub"><span class="mono">${rule.code}</span><span class="mono">${rule.id}</span></div></td>
      <td>${badge('severity', rule.severity)}</td>
      <td class="cut narrow" title=${modelsOf(rule)}>${modelsOf(rule) || t('rules.everything')}</td>
      <td class="num">${rule.open ? html`<b>${number(rule.open)}</b>` : html`<span class="muted">0</span>`}</td>
      <td class="num">${number(rule.raised ?? 0)}</td>
      <td class="num">${rule.version}</td>
      <td>${badge('ruleState', standing(rule))}${rule.overBudget ? html`<div class="tone-warning small">${t('rule.slow')}</div>` : nothing}</td>
      <td class="muted nowrap">${ago(rule.at)}</td>
    </tr>`;
  }

  rows(items) {
    const shown = this.#shown(items);
    if (!shown.length) return empty('search', t('rules.none'), t('rules.none.next'));
    return html`<div class="scroll-x"><table class="list">
      <thead><tr><th scope="col">${t('rule.id')}</th><th scope="col">${t('rule.severity')}</th><th scope="col">${t('rule.models')}</th>
        <th scope="col" class="num">${t('rule.open')}</th><th scope="col" class="num" title=${t('rule.raised.title')}>${t('rule.raised')}</th><th scope="col" class="num">${t('rule.version')}</th><th scope="col">${t('rule.state')}</th><th scope="col">${t('rule.changed')}</th></tr></thead>
      <tbody>${this.window.rows(shown, (rule) => rule.id, (rule) => this.#row(rule))}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-rules', Rules);
