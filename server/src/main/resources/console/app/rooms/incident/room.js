import { html } from 'lit';

/** Faults that many devices share. */
export const incident = {
  name: 'incident',
  words: () => import('./words.js'),
  pages: {
    incidents: { icon: 'bolt', load: () => import('./incidents.js'), draw: () => html`<ac-incidents></ac-incidents>` },
    incident: { in: 'incidents', load: () => import('./incident.js'), draw: (route) => html`<ac-incident .incidentId=${route.id}></ac-incident>` },
  },
};
