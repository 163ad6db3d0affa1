import { html, nothing } from 'lit';
import { ifDefined } from 'lit/directives/if-defined.js';

/** The fields of forms. Each takes its label, its name in the form, and what it starts with; `hint` stands under the label. */
function labelled(label, hint, input) {
  return html`<label class="field"><span>${label}</span>${hint ? html`<span class="muted small">${hint}</span>` : nothing}${input}</label>`;
}

/** One line of text, a number, a date…; further attributes as of `input`. */
export function field({ label, name, value = '', type = 'text', hint, required = false, min, max, step, maxlength, placeholder, list }) {
  return labelled(label, hint, html`<input name=${name} type=${type} .value=${value ?? ''} ?required=${required} min=${ifDefined(min)} max=${ifDefined(max)} step=${ifDefined(step)}
    maxlength=${ifDefined(maxlength)} placeholder=${ifDefined(placeholder)} list=${ifDefined(list)} autocomplete="off" spellcheck="false" dir="auto">`);
}

/** Several lines of text; `mono` for what a machine reads. */
export function area({ label, name, value = '', hint, required = false, rows = 3, maxlength, mono = false }) {
  return labelled(label, hint, html`<textarea class=${mono ? 'mono' : ''} name=${name} rows=${rows} .value=${value ?? ''} ?required=${required} maxlength=${ifDefined(maxlength)} dir="auto"></textarea>`);
}

/** One of several: options are `[value, words]`. Without `required` nothing may be chosen, and `none` says so. */
export function choice({ label, name, value, options, hint, required = false, none = '–', change }) {
  return labelled(label, hint, html`<select name=${name} ?required=${required} @change=${change ?? nothing}>
    ${required && value != null ? nothing : html`<option value="" ?selected=${value == null || value === ''}>${none}</option>`}
    ${options.map(([one, words]) => html`<option value=${one} ?selected=${String(one) === String(value ?? '')}>${words}</option>`)}
  </select>`);
}

/** Yes or no; absent from the form's values where it is off. */
export function check({ label, name, checked = false, hint, change }) {
  return html`<label class="row check"><input type="checkbox" name=${name} ?checked=${checked} @change=${change ?? nothing}><span>${label}${hint ? html`<span class="muted small"> ${hint}</span>` : nothing}</span></label>`;
}

/** Fields side by side. */
export function pair(...fields) {
  return html`<div class="pair">${fields}</div>`;
}
