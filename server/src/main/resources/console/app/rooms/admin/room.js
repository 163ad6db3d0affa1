import { html } from 'lit';

const DESK = ['agent', 'engineer', 'coordinator', 'quality', 'auditor', 'partner'];
const page = (file, draw, more = {}) => ({ load: () => import(`./${file}.js`), draw, ...more });
const more = (listed, file, draw, roles) => page(file, draw, { in: 'settings', listed, roles });

/** Who may do what, by which promises, and who did. */
export const admin = {
  name: 'admin',
  words: () => import('./words.js'),
  sheet: new URL('./admin.css', import.meta.url).href,
  pages: {
    people: page('people', () => html`<ac-people></ac-people>`, { icon: 'people', roles: ['admin', 'auditor'] }),
    engineers: page('engineers', () => html`<ac-engineers></ac-engineers>`, { icon: 'wrench', roles: DESK }),
    engineer: page('engineer', (route) => html`<ac-engineer .engineerName=${route.id}></ac-engineer>`, { in: 'engineers', roles: DESK }),
    'sla-policies': page('sla-policies', () => html`<ac-sla-policies></ac-sla-policies>`, { icon: 'clock', roles: DESK }),
    'sla-policy': page('sla-policy', (route) => html`<ac-sla-policy .policyId=${route.id}></ac-sla-policy>`, { in: 'sla-policies', roles: DESK }),
    calendars: page('calendars', () => html`<ac-calendars></ac-calendars>`, { icon: 'calendar', roles: DESK }),
    calendar: page('calendar', (route) => html`<ac-calendar .calendarId=${route.id}></ac-calendar>`, { in: 'calendars', roles: DESK }),
    products: page('products', () => html`<ac-products></ac-products>`, { icon: 'release' }),
    product: page('product', (route) => html`<ac-product .model=${route.id}></ac-product>`, { in: 'products' }),
    audit: page('audit', () => html`<ac-audit></ac-audit>`, { icon: 'audit', roles: ['auditor'] }),
    settings: page('settings', () => html`<ac-settings></ac-settings>`, { icon: 'sliders' }),
    'org-units': more('building', 'org-units', () => html`<ac-org-units></ac-org-units>`, DESK),
    'warranty-policies': more('scale', 'warranty-policies', () => html`<ac-warranty-policies></ac-warranty-policies>`, [...DESK, 'firmware']),
    'warranty-policy': page('warranty-policy', (route) => html`<ac-warranty-policy .policyId=${route.id}></ac-warranty-policy>`, { in: 'settings', roles: [...DESK, 'firmware'] }),
    certifications: more('star', 'certifications', () => html`<ac-certifications></ac-certifications>`, DESK),
    trainings: more('book', 'trainings', () => html`<ac-trainings></ac-trainings>`, DESK),
    'data-classes': more('lock', 'data-classes', () => html`<ac-data-classes></ac-data-classes>`, ['coordinator', 'quality', 'auditor']),
    webhooks: more('link', 'webhooks', () => html`<ac-webhooks></ac-webhooks>`, ['coordinator']),
    webhook: page('webhook', (route) => html`<ac-webhook .webhookId=${route.id}></ac-webhook>`, { in: 'settings', roles: ['coordinator'] }),
    'intake-keys': more('key', 'intake-keys', () => html`<ac-intake-keys></ac-intake-keys>`, ['coordinator']),
    mail: more('mail', 'mail', () => html`<ac-mail></ac-mail>`, ['coordinator', 'auditor']),
    notices: more('bell', 'notices', () => html`<ac-notices></ac-notices>`),
    quarantine: more('stop', 'quarantine', () => html`<ac-quarantine></ac-quarantine>`),
    feedback: more('note', 'feedback', () => html`<ac-feedback></ac-feedback>`, ['admin']),
    'in-force': more('info', 'in-force', () => html`<ac-in-force></ac-in-force>`, DESK),
    me: page('me', () => html`<ac-me></ac-me>`, { in: 'settings', listed: 'person' }),
  },
};
