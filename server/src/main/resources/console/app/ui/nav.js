import { html, nothing } from 'lit';
import { href } from '../core/router.js';
import { lang, setLanguage, t, term } from '../core/i18n.js';
import { icon } from './icons.js';

const GROUPS = [
  [null, [['queue', 'queue', ['tickets']], ['devices', 'device', ['device']], ['incidents', 'bolt', ['incident']]]],
  ['nav.firmware', [['campaigns', 'campaign', ['campaign']], ['releases', 'release', ['release']], ['trust', 'key', []]]],
  ['nav.system', [['rules', 'rule', []], ['audit', 'audit', []]]],
];
const LOGO = new URL('../../icon.svg', import.meta.url).pathname;

function item([name, shape, covers], route) {
  const here = route.name === name || covers.includes(route.name);
  return html`<a class="item" href=${href(name)} aria-current=${here ? 'page' : nothing}>${icon(shape)}${t(`nav.${name}`)}</a>`;
}

export function brand() {
  return html`<a class="brand" href=${href('queue')}><img src=${LOGO} alt="">Aftercare</a>`;
}

/** The words to press for the other language. */
export function languageSwitch() {
  const other = lang() === 'en' ? 'zh' : 'en';
  return html`<button type="button" class="plain" lang=${other} @click=${() => setLanguage(other)}>${other === 'zh' ? '中文' : 'English'}</button>`;
}

/** The navigation beside every page. */
export function nav(route, user, stale, leave) {
  return html`<nav class="nav" aria-label=${t('nav.label')}>
    ${brand()}
    ${GROUPS.map(([words, items]) => html`${words ? html`<div class="group">${t(words)}</div>` : nothing}${items.map((one) => item(one, route))}`)}
    <footer>
      <span class="live ${stale ? 'off' : ''}">${stale ? t('live.off') : t('live.on')}</span>
      <span class="who"><strong class="cut">${user?.username}</strong><span class="muted">${user?.roles.map((role) => term('role', role)).join(', ')}</span></span>
      <span class="row">${languageSwitch()}<button class="plain right" @click=${leave}>${icon('out')}${t('action.signout')}</button></span>
    </footer>
  </nav>`;
}
