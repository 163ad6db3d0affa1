import { html } from 'lit';
import { View } from '../core/view.js';
import { t } from '../core/i18n.js';
import { href } from '../core/router.js';
import { may } from '../core/session.js';
import { title } from '../core/title.js';
import { find } from '../rooms/rooms.js';
import { icon } from './icons.js';

/** Defines a page from which the less frequent pages of its room are reached: all that say `in: name`, with a sentence each (`about.<page>`). */
export function landing(tag, name) {
  customElements.define(tag, class extends View {
    updated() {
      title(t(`nav.${name}`));
    }

    render() {
      const pages = Object.entries(find(name).room.pages).filter(([route, page]) => page.in === name && page.listed && may(...(page.roles ?? [])));
      return html`<div class="page"><header class="head"><h1>${t(`nav.${name}`)}</h1></header>
        <ul class="doors">${pages.map(([route, page]) => html`<li><a class="card" href=${href(route)}>${icon(page.listed)}<span><strong>${t(`nav.${route}`)}</strong><span class="muted small">${t(`about.${route}`)}</span></span></a></li>`)}</ul>
      </div>`;
    }
  });
}
