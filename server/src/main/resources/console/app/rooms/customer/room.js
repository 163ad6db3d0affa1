import { html } from 'lit';

const DESK = ['agent', 'engineer', 'coordinator', 'quality', 'partner'];

/** Who we work for: their files, what they allowed, and the calls and letters they are owed. */
export const customer = {
  name: 'customer',
  words: () => import('./words.js'),
  pages: {
    customers: { icon: 'person', roles: DESK, load: () => import('./customers.js'), draw: () => html`<ac-customers></ac-customers>` },
    customer: { in: 'customers', roles: DESK, load: () => import('./customer.js'), draw: (route) => html`<ac-customer .customerId=${route.id}></ac-customer>` },
    'follow-ups': { icon: 'phone', roles: ['agent', 'engineer', 'coordinator', 'quality'], load: () => import('./follow-ups.js'), draw: () => html`<ac-follow-ups></ac-follow-ups>` },
    outreaches: { icon: 'mail', roles: ['coordinator', 'quality'], load: () => import('./outreaches.js'), draw: () => html`<ac-outreaches></ac-outreaches>` },
  },
};
