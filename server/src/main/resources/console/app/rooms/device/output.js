import { html } from 'lit';
import { facts } from '../../ui/facts.js';

const flat = (value) => value != null && typeof value === 'object' && !Array.isArray(value) && Object.values(value).every((one) => one == null || typeof one !== 'object');

/** What a device answered: names with values where it is that simple, text as text, else JSON. */
export function outputOf(value) {
  if (flat(value) && Object.keys(value).length) return facts(Object.entries(value).map(([name, one]) => [name, String(one)]));
  return html`<pre class="source" tabindex="0">${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}</pre>`;
}
