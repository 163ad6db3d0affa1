import { html } from 'lit';

const CRASHES = ['agent', 'engineer', 'quality', 'firmware', 'release-approver', 'auditor'];
const FLEET = ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'auditor'];
const asked = (route) => Object.fromEntries(route.query);

/** Every device we look after, and all that is known of one; what crashes, and what is done to many at once. */
export const device = {
  name: 'device',
  words: () => import('./words.js'),
  sheet: new URL('./device.css', import.meta.url).pathname,
  pages: {
    devices: { icon: 'device', load: () => import('./devices.js'), draw: (route) => html`<ac-devices .filters=${asked(route)}></ac-devices>` },
    device: { in: 'devices', load: () => import('./device.js'), draw: (route) => html`<ac-device .deviceId=${route.id} .query=${asked(route)}></ac-device>` },
    drift: { in: 'devices', load: () => import('./drift.js'), draw: () => html`<ac-drift></ac-drift>` },
    crashes: { icon: 'error', roles: CRASHES, load: () => import('./crashes.js'), draw: () => html`<ac-crashes></ac-crashes>` },
    crashgroup: { in: 'crashes', roles: CRASHES, load: () => import('./crashgroup.js'), draw: (route) => html`<ac-crashgroup .groupId=${route.id}></ac-crashgroup>` },
    crash: { in: 'crashes', load: () => import('./crash.js'), draw: (route) => html`<ac-crash .crashId=${route.id}></ac-crash>` },
    symbols: { in: 'crashes', load: () => import('./symbols.js'), draw: () => html`<ac-symbols></ac-symbols>` },
    fleetactions: { icon: 'bolt', roles: FLEET, load: () => import('./fleetactions.js'), draw: () => html`<ac-fleetactions></ac-fleetactions>` },
    fleetaction: { in: 'fleetactions', load: () => import('./fleetaction.js'), draw: (route) => html`<ac-fleetaction .actionId=${route.id}></ac-fleetaction>` },
    'fleetaction-new': { in: 'fleetactions', load: () => import('./fleetaction-new.js'), draw: (route) => html`<ac-fleetaction-new .begun=${asked(route)}></ac-fleetaction-new>` },
    suppressions: { icon: 'wait', roles: FLEET, load: () => import('./suppressions.js'), draw: () => html`<ac-suppressions></ac-suppressions>` },
  },
};
