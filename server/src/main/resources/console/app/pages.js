import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { empty, failed } from './ui/states.js';
import { href } from './core/router.js';
import { sheet } from './core/style.js';
import { t } from './core/i18n.js';
import { find } from './rooms/rooms.js';

/**
 * The template of the page at this route; an unknown address says so. A room's style sheet holds for its own pages alone: it nests its rules
 * under `[data-room=…]`, which the frame says.
 */
export async function page(route) {
  const found = find(route.name);
  if (!found) return html`<div class="page"><div class="card">${empty('search', t('error.page'), t('error.missing'))}<p class="more"><a class="button" href=${href('queue')}>${t('nav.queue')}</a></p></div></div>`;
  const { room, page: opened } = found;
  try {
    await Promise.all([room.words(), room.sheet && sheet(room.sheet), opened.load()]);
  } catch (failure) {
    console.warn('A page did not load', failure);
    return html`<div class="page">${failed({ status: 0, message: `${t('error.load')} ${t('error.unreachable')}` }, () => location.reload())}</div>`;
  }
  return html`${keyed(`${route.name}/${route.id}`, opened.draw(route))}`;
}
