import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { failed } from '../../ui/states.js';

const SETTLE_MS = 400;

/** Asks the backend what a text is worth each time writing pauses, and says it; fires `checked {errors, rule}`. */
class RuleCheck extends View {
  static properties = { text: {}, state: { state: true }, answer: { state: true }, failure: { state: true } };
  #timer = 0;
  #running = null;

  opened() {
    this.own(() => clearTimeout(this.#timer));
    this.own(() => this.#running?.abort());
  }

  willUpdate(changed) {
    if (!changed.has('text') || !this.text) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.now(), this.answer ? SETTLE_MS : 0);
  }

  /** Checks at once. */
  async now() {
    clearTimeout(this.#timer);
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    this.state = 'asking';
    try {
      const answer = await api.post('/rules/check', this.text, { type: 'application/yaml', signal: running.signal });
      [this.answer, this.failure] = [answer, null];
      this.dispatchEvent(new CustomEvent('checked', { detail: { errors: answer.errors, rule: answer.rule } }));
    } catch (failure) {
      if (running.signal.aborted) return;
      this.failure = failure;
    }
    this.state = 'said';
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
      <header><h2>${t('check.title')}</h2>${this.state === 'asking' ? html`<span class="muted small right">${t('check.asking')}</span>` : nothing}</header>
      <div class="body stack" aria-live="polite">${this.failure ? failed(this.failure, () => this.now()) : this.answer ? this.#worth(this.answer) : html`<p class="muted">${t('check.asking')}</p>`}</div>
    </section>`;
  }
}

customElements.define('ac-rule-check', RuleCheck);
