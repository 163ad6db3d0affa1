import { html } from 'lit';

/** Where support works all day: the queue and its tickets. */
export const desk = {
  name: 'desk',
  words: () => import('./words.js'),
  sheet: new URL('./desk.css', import.meta.url).pathname,
  pages: {
    queue: { icon: 'queue', load: () => import('./queue.js'), draw: (route) => html`<ac-queue .view=${route.id ?? 'open'} .search=${route.query.get('q') ?? ''}></ac-queue>` },
    tickets: { in: 'queue', load: () => import('./ticket.js'), draw: (route) => html`<ac-ticket .ticketId=${route.id}></ac-ticket>` },
  },
};
