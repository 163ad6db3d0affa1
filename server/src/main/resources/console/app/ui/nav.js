import { html, nothing } from 'lit';
import { href } from '../core/router.js';
import { lang, setLanguage, t, term } from '../core/i18n.js';
import { may } from '../core/session.js';
import { setTheme, theme, THEMES } from '../core/theme.js';
import { find, ROOMS } from '../rooms/rooms.js';
import { icon } from './icons.js';
import { help } from './help.js';
import { openPalette } from './palette.js';

const LOGO = new URL('../../icon.svg', import.meta.url).pathname;
const THEME_ICONS = { auto: 'contrast', light: 'sun', dark: 'moon' };

/** The pages of a room that the navigation offers this person: `[name, page]`. */
export function offered(room) {
  return Object.entries(room.pages).filter(([, page]) => page.icon && (!page.roles || may(...page.roles)));
}

function item(name, page, route) {
  const here = route.name === name || find(route.name)?.page.in === name;
  return html`<a class="item" href=${href(name)} aria-current=${here ? 'page' : nothing}>${icon(page.icon)}${t(`nav.${name}`)}</a>`;
}

/** A room of one page is that page; of more, a heading that opens, with the room in view always open. */
function room(one, route) {
  const pages = offered(one);
  if (pages.length < 2) return pages.map(([name, page]) => item(name, page, route));
  const here = find(route.name)?.room === one;
  return html`<details class="group" name="room" ?open=${here}>
    <summary>${t(`room.${one.name}`)}</summary>
    ${pages.map(([name, page]) => item(name, page, route))}
  </details>`;
}

export function brand() {
  return html`<a class="brand" href=${href('queue')}><img src=${LOGO} alt="">Aftercare</a>`;
}

/** The words to press for the other language. */
export function languageSwitch() {
  const other = lang() === 'en' ? 'zh' : 'en';
  return html`<button type="button" class="plain" lang=${other} @click=${() => setLanguage(other)}>${other === 'zh' ? '中文' : 'English'}</button>`;
}

/** Steps from the browser's colours to light, to dark, and back. */
function themeSwitch(redraw) {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  const words = t('theme.is', { theme: t(`theme.${theme()}`), next: t(`theme.${next}`) });
  return html`<button type="button" class="plain square" title=${words} aria-label=${words} @click=${() => { setTheme(next); redraw(); }}>${icon(THEME_ICONS[theme()])}</button>`;
}

/** The navigation beside every page; on a narrow screen it opens over it. */
export function nav({ route, user, stale, open, toggle, leave, redraw }) {
  return html`<nav class="nav ${open ? 'open' : ''}" aria-label=${t('nav.label')}>
    <div class="top">${brand()}
      <button class="plain square hamburger" aria-expanded=${String(open)} aria-label=${t('nav.label')} @click=${toggle}>${icon(open ? 'close' : 'queue')}</button>
    </div>
    <button class="find" @click=${openPalette}>${icon('search')}<span class="grow">${t('palette.open')}</span><kbd>Ctrl K</kbd></button>
    <div class="items">${ROOMS.map((one) => room(one, route))}</div>
    <footer>
      <span class="live ${stale ? 'off' : ''}">${stale ? t('live.off') : t('live.on')}</span>
      <a class="who" href=${href('me')} title=${t('nav.me')}><strong class="cut">${user?.username}</strong><span class="muted">${user?.roles.map((role) => term('role', role)).join(', ')}</span></a>
      <span class="row">${languageSwitch()}${themeSwitch(redraw)}
        <button type="button" class="plain square" title=${t('help.title')} aria-label=${t('help.title')} @click=${help}>?</button>
        <button class="plain square right" title=${t('action.signout')} aria-label=${t('action.signout')} @click=${leave}>${icon('out')}</button></span>
    </footer>
  </nav>`;
}
