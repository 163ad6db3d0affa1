import { html } from 'lit';

/** Names and values; what has no value is left out. Pairs are `[name, value]`. */
export function facts(pairs) {
  return html`<dl class="facts">${pairs.filter(([, value]) => value != null && value !== '').map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
