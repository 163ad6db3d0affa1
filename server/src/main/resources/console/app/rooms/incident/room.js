import { html } from 'lit';

const HEARS = ['agent', 'engineer', 'coordinator', 'quality', 'auditor'];

const INCIDENTS = ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'auditor', 'partner'];

/** Faults that many devices share, emergencies, and the drills that prepare for them. */
export const incident = {
  name: 'incident',
  words: () => import('./words.js'),
  sheet: new URL('./incident.css', import.meta.url).pathname,
  pages: {
    incidents: { icon: 'bolt', roles: INCIDENTS, load: () => import('./incidents.js'), draw: () => html`<ac-incidents></ac-incidents>` },
    incident: { in: 'incidents', roles: INCIDENTS, load: () => import('./incident.js'), draw: (route) => html`<ac-incident .incidentId=${route.id}></ac-incident>` },
    emergencies: { icon: 'alert', roles: HEARS, load: () => import('./emergencies.js'), draw: () => html`<ac-emergencies></ac-emergencies>` },
    emergency: { in: 'emergencies', roles: HEARS, load: () => import('./emergency.js'), draw: (route) => html`<ac-emergency .emergencyId=${route.id}></ac-emergency>` },
    levels: { in: 'emergencies', roles: HEARS, load: () => import('./levels.js'), draw: () => html`<ac-levels></ac-levels>` },
    drills: { icon: 'calendar', roles: HEARS, load: () => import('./drills.js'), draw: (route) => html`<ac-drills .year=${route.query.get('year')}></ac-drills>` },
    drill: { in: 'drills', roles: HEARS, load: () => import('./drill.js'), draw: (route) => html`<ac-drill .drillId=${route.id}></ac-drill>` },
  },
};
