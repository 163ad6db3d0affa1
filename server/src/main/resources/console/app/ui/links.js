import { html } from 'lit';
import { caseNumber } from '../core/format.js';
import { href } from '../core/router.js';

/** A case under the number that people call it by, from its id or its number. */
export function caseLink(id) {
  return html`<a class="mono" href=${href('tickets', id)}>${caseNumber(id)}</a>`;
}
