import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { View } from '../../core/view.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { marked, painted } from './code-paint.js';

const SAID_MAX = 90;
const INDENT = '  ';

/** The line of the text and the column in it, from 1, as an offset. */
function offsetOf(text, line, column) {
  const before = text.split('\n').slice(0, Math.max(0, line - 1));
  return before.reduce((all, one) => all + one.length + 1, 0) + Math.max(0, (column ?? 1) - 1);
}

/** The column at which the word begins that is wrong: of a call the backend names the bracket. */
function wordAt(line, column) {
  return line[column - 1] === '(' ? column - /\w*$/.exec(line.slice(0, column - 1))[0].length : column;
}

/**
 * A text for machines with its mistakes at their place: `value`, `label`, `errors [{line, column, field, message}]` (a line below 1 is about
 * the whole), `fixed` to be read only. The text is an ordinary text field, so that input methods, screen readers and the browser's undo work;
 * the colours, numbers and marks lie behind it. It fires `typed` with the text, and `asked` when Ctrl-Enter is pressed.
 */
class Code extends View {
  static properties = { value: {}, label: {}, errors: { attribute: false }, fixed: { type: Boolean } };
  errors = [];
  value = '';

  get field() {
    return this.querySelector('textarea');
  }

  /** Writes at the caret, in place of what is selected, so that the browser can undo it. */
  insert(words) {
    this.field.focus();
    document.execCommand('insertText', false, words);
  }

  /** Puts the caret at a place. */
  reach({ line, column }) {
    const at = offsetOf(this.value, line, column);
    this.field.focus();
    this.field.setSelectionRange(at, at);
    this.querySelector(`.paint > div:nth-child(${Math.max(1, line)})`)?.scrollIntoView({ block: 'nearest' });
  }

  #typed(event) {
    this.value = event.target.value;
    this.dispatchEvent(new CustomEvent('typed', { detail: this.value }));
  }

  #pressed(event) {
    if ((event.ctrlKey || event.metaKey) && event.key === 'Enter') {
      event.preventDefault();
      this.dispatchEvent(new CustomEvent('asked'));
    } else if (event.key === 'Tab' && !event.shiftKey && !this.fixed) {
      event.preventDefault();
      this.insert(INDENT);
    } else if (event.key === 'Enter' && !event.isComposing && !event.shiftKey) {
      event.preventDefault();
      const { value, selectionStart } = this.field;
      this.insert(`\n${/[^\n]*$/.exec(value.slice(0, selectionStart))[0].match(/^\s*/)[0]}`);
    }
  }

  #line(line, number, wrong) {
    const all = wrong.reduce((found, one) => marked(found, wordAt(line, one.column ?? 1)), painted(line));
    return html`<div class=${wrong.length ? 'bad' : ''} data-line=${number}>${all.map(([kind, words]) => html`<span class=${kind}>${words}</span>`)}${line ? nothing : html`<br>`}${wrong.map((one) => html`<span class="said">  ${one.message.slice(0, SAID_MAX)}${one.message.length > SAID_MAX ? '…' : ''}</span>`)}</div>`;
  }

  #problems() {
    if (!this.errors.length) return nothing;
    return html`<ol class="problems">${this.errors.map((one) => html`<li>
      <button type="button" class="plain start" @click=${() => this.reach(one)}>${icon('error')}<span class="mono nowrap">${one.line > 0 ? `${one.line}:${one.column ?? 1}` : ''}</span>
        <span>${one.field ? html`<code>${one.field}</code> ` : nothing}${one.message}</span></button></li>`)}</ol>`;
  }

  render() {
    const lines = this.value.split('\n');
    const wrongOf = (number) => this.errors.filter((one) => one.line === number);
    return html`<div class="code ${this.fixed ? 'fixed' : ''}">
        <ol class="numbers" aria-hidden="true">${lines.map((_, i) => html`<li class=${wrongOf(i + 1).length ? 'bad' : ''}>${i + 1}</li>`)}</ol>
        <div class="sheet">
          <div class="paint" aria-hidden="true">${lines.map((line, i) => guard([line, i, ...wrongOf(i + 1)], () => this.#line(line, i + 1, wrongOf(i + 1))))}</div>
          <textarea wrap="off" spellcheck="false" autocomplete="off" autocapitalize="off" aria-label=${this.label} aria-invalid=${this.errors.length ? 'true' : 'false'} ?readonly=${this.fixed}
            .value=${this.value} @input=${this.#typed} @keydown=${this.#pressed}></textarea>
        </div>
      </div>
      <div aria-live="polite">${this.#problems()}${this.fixed ? nothing : html`<p class="muted small hints">${t('code.keys')}</p>`}</div>`;
  }
}

customElements.define('ac-code', Code);
