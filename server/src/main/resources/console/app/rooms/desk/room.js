import { html } from 'lit';
import { dress } from '../../ui/badges.js';

dress({ grade: { vip: ['proactive', 'star'], gold: ['warning', 'star'], silver: ['calm', 'star'], standard: ['calm', 'person'] } });

/** Where support works all day: the queue and its tickets. */
export const desk = {
  name: 'desk',
  words: () => import('./words.js'),
  sheet: new URL('./desk.css', import.meta.url).pathname,
  pages: {
    queue: { icon: 'queue', load: () => import('./queue/queue.js'), draw: (route) => html`<ac-queue .view=${route.id ?? 'open'} .address=${route.query}></ac-queue>` },
    tickets: { in: 'queue', load: () => import('./ticket.js'), draw: (route) => html`<ac-ticket .ticketId=${route.id} .address=${route.query}></ac-ticket>` },
  },
};
