import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { t } from '../../core/i18n.js';

/** The lists of one page, as tabs with addresses of their own; `names` are the tabs, whose words are `<page>.<name>`. */
export function tabs(page, names, current) {
  return html`<nav class="tabs under" aria-label=${t(`nav.${page}`)}>${names.map((name) => html`<a href=${href(page, name)} aria-current=${name === current ? 'page' : nothing}>${t(`${page}.${name}`)}</a>`)}</nav>`;
}
