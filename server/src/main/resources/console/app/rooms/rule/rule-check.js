import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { Load, settle } from '../../core/load.js';
import { t, term } from '../../core/i18n.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';

const SETTLE_MS = 400;

/** Asks the backend what a text is worth each time writing pauses, and says it; fires `checked {errors, rule}`. */
class RuleCheck extends View {
  static properties = { text: {} };
  #check = new Load(this, (signal) => this.#ask(signal));
  #pause = settle(() => this.#check.run(), SETTLE_MS);

  opened() {
    this.own(() => this.#pause.cancel());
  }

  willUpdate(changed) {
    if (!changed.has('text') || !this.text) return;
    if (this.#check.value) this.#pause();
    else this.now();
  }

  async #ask(signal) {
    const answer = await api.post('/rules/check', this.text, { type: 'application/yaml', signal });
    this.dispatchEvent(new CustomEvent('checked', { detail: { errors: answer.errors, rule: answer.rule } }));
    return answer;
  }

  /** Checks at once. */
  now() {
    this.#pause.cancel();
    return this.#check.run();
  }

  #worth({ valid, errors, rule }) {
    if (!valid) return html`<p class="row tone-critical">${icon('error')}<strong>${t('check.wrong', { count: errors.length })}</strong></p><p class="muted small">${t('check.wrong.next')}</p>`;
    return html`<p class="row tone-good">${icon('done')}<strong>${t('check.right', { tests: rule.tests })}</strong></p>
      ${rule.tests ? nothing : html`<p class="row tone-warning small">${icon('alert')}${t('check.untested')}</p>`}
      ${facts([
        [t('rule.code'), html`<span class="mono">${rule.code}</span>, ${term('severity', rule.severity)}`],
        [t('rule.models'), rule.models?.join(', ') || t('rules.everything')],
        [t('check.metrics'), rule.metrics?.length ? html`<span class="mono">${rule.metrics.join(', ')}</span>` : null],
        [t('check.parts'), rule.parts?.length > 1 ? rule.parts.map((part) => html`<div><code>${part}</code></div>`) : null],
        [t('check.windows'), rule.windows ? t('check.windows.of', { n: number(rule.windows), max: number(rule.windowsMax) }) : null],
      ])}`;
  }

  render() {
    return html`<section class="card" data-card="check">
      <header><h2>${t('check.title')}</h2></header>
      <div class="body stack" aria-live="polite">${show(this.#check, (answer) => this.#worth(answer))}</div>
    </section>`;
  }
}

customElements.define('ac-rule-check', RuleCheck);
