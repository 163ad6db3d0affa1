import { html } from 'lit';
import { dress } from '../../ui/badges.js';

dress({
  grade: { vip: ['proactive', 'star'], gold: ['warning', 'star'], silver: ['calm', 'star'], standard: ['calm', 'person'] },
  consent: { asked: ['warning', 'wait'], given: ['good', 'check'], granted: ['good', 'check'], refused: ['critical', 'off'], expired: ['calm', 'clock'], withdrawn: ['warning', 'undo'] },
  deskClass: { A: ['good', 'eye'], B: ['info', 'undo'], C: ['warning', 'alert'], D: ['critical', 'error'] },
  runState: { running: ['info', 'play'], 'waiting-device': ['warning', 'wait'], 'waiting-person': ['warning', 'person'], 'waiting-time': ['calm', 'clock'], done: ['good', 'done'], failed: ['critical', 'error'], cancelled: ['calm', 'stop'],
    fixed: ['good', 'done'], 'not-fixed': ['critical', 'error'], escalate: ['critical', 'bolt'], dispatch: ['warning', 'truck'], completed: ['good', 'check'] },
  covered: { yes: ['good', 'check'], no: ['warning', 'money'] },
  quoteState: { draft: ['calm', 'edit'], sent: ['info', 'mail'], accepted: ['good', 'done'], declined: ['critical', 'off'], expired: ['warning', 'clock'], superseded: ['calm', 'back'] },
  deskOrder: { draft: ['calm', 'edit'], dispatched: ['info', 'truck'], accepted: ['info', 'check'], 'en-route': ['info', 'truck'], 'on-site': ['info', 'person'], repairing: ['info', 'wrench'], testing: ['info', 'search'], done: ['good', 'done'], failed: ['critical', 'error'] },
  deskReturn: { requested: ['warning', 'clock'], approved: ['info', 'check'], rejected: ['critical', 'off'], shipped: ['info', 'truck'], received: ['info', 'box'], inspected: ['info', 'search'], repaired: ['good', 'wrench'], replaced: ['good', 'retry'], refunded: ['good', 'money'], closed: ['calm', 'done'], cancelled: ['calm', 'off'] },
  deskRequisition: { draft: ['calm', 'edit'], submitted: ['warning', 'clock'], approved: ['info', 'check'], rejected: ['critical', 'off'], issued: ['info', 'box'], received: ['good', 'check'], used: ['good', 'done'], returned: ['calm', 'back'] },
  followUpState: { open: ['warning', 'calendar'], done: ['good', 'done'], cancelled: ['calm', 'off'] },
  complaintState: { logged: ['critical', 'alert'], verified: ['warning', 'check'], investigating: ['warning', 'search'], answered: ['info', 'mail'], 'followed-up': ['info', 'calendar'], closed: ['calm', 'done'] },
  deskLoan: { out: ['warning', 'box'], returned: ['good', 'check'] },
});

/** Where support works all day: the queue and its tickets. */
export const desk = {
  name: 'desk',
  words: () => import('./words.js'),
  sheet: new URL('./desk.css', import.meta.url).pathname,
  pages: {
    queue: { icon: 'queue', load: () => import('./queue/queue.js'), draw: (route) => html`<ac-queue .view=${route.id ?? 'open'} .address=${route.query}></ac-queue>` },
    tickets: { in: 'queue', load: () => import('./ticket/ticket.js'), draw: (route) => html`<ac-ticket .ticketId=${route.id} .address=${route.query}></ac-ticket>` },
  },
};
