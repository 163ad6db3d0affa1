import { html } from 'lit';

const FIELD = ['agent', 'engineer', 'coordinator', 'quality', 'auditor', 'partner'];
const INSIDE = ['agent', 'engineer', 'coordinator', 'quality', 'auditor'];
const query = (route) => Object.fromEntries(route.query);

/** What is done by hands: who goes where, what comes back, and the parts for it. */
export const work = {
  name: 'work',
  words: () => import('./words.js'),
  sheet: new URL('./work.css', import.meta.url).pathname,
  pages: {
    'dispatch-board': { icon: 'calendar', roles: INSIDE, load: () => import('./board.js'), draw: (route) => html`<ac-board .query=${query(route)}></ac-board>` },
    visits: { icon: 'phone', roles: ['engineer'], load: () => import('./visits.js'), draw: () => html`<ac-visits></ac-visits>` },
    orders: { icon: 'wrench', roles: FIELD, load: () => import('./orders.js'), draw: (route) => html`<ac-orders .filters=${query(route)}></ac-orders>` },
    order: { in: 'orders', roles: FIELD, load: () => import('./order.js'), draw: (route) => html`<ac-order .itemId=${route.id}></ac-order>` },
    returns: { icon: 'truck', roles: FIELD, load: () => import('./returns.js'), draw: (route) => html`<ac-returns .filters=${query(route)}></ac-returns>` },
    return: { in: 'returns', roles: FIELD, load: () => import('./return.js'), draw: (route) => html`<ac-return .itemId=${route.id}></ac-return>` },
    requisitions: { icon: 'box', roles: FIELD, load: () => import('./requisitions.js'), draw: (route) => html`<ac-requisitions .filters=${query(route)}></ac-requisitions>` },
    requisition: { in: 'requisitions', roles: FIELD, load: () => import('./requisition.js'), draw: (route) => html`<ac-requisition .itemId=${route.id}></ac-requisition>` },
    stock: { icon: 'table', roles: FIELD, load: () => import('./stock.js'), draw: (route) => html`<ac-stock .tab=${route.id ?? 'parts'} .query=${query(route)}></ac-stock>` },
    part: { in: 'stock', roles: FIELD, load: () => import('./part.js'), draw: (route) => html`<ac-part .itemId=${route.id}></ac-part>` },
    count: { in: 'stock', roles: INSIDE, load: () => import('./count.js'), draw: (route) => html`<ac-count .itemId=${route.id}></ac-count>` },
    supplier: { in: 'stock', roles: INSIDE, load: () => import('./supplier.js'), draw: (route) => html`<ac-supplier .itemId=${route.id}></ac-supplier>` },
    means: { icon: 'people', roles: FIELD, load: () => import('./means.js'), draw: (route) => html`<ac-means .tab=${route.id ?? 'partners'}></ac-means>` },
    partner: { in: 'means', roles: FIELD, load: () => import('./partner.js'), draw: (route) => html`<ac-partner .itemId=${route.id}></ac-partner>` },
    tool: { in: 'means', roles: INSIDE, load: () => import('./tool.js'), draw: (route) => html`<ac-tool .itemId=${route.id}></ac-tool>` },
  },
};
