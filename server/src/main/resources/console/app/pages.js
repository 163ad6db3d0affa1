import { html } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { failed } from './ui/states.js';
import { t } from './core/i18n.js';

/** Each page: the module it lives in, and its element. A module is fetched when its page is first opened. */
const PAGES = {
  queue: [() => import('./pages/queue.js'), (route) => html`<ac-queue .view=${route.id ?? 'open'} .search=${route.query.get('q') ?? ''}></ac-queue>`],
  tickets: [() => import('./pages/ticket.js'), (route) => html`<ac-ticket .ticketId=${route.id}></ac-ticket>`],
  devices: [() => import('./pages/devices.js'), (route) => html`<ac-devices .filters=${Object.fromEntries(route.query)}></ac-devices>`],
  device: [() => import('./pages/device.js'), (route) => html`<ac-device .deviceId=${route.id}></ac-device>`],
  incidents: [() => import('./pages/incidents.js'), () => html`<ac-incidents></ac-incidents>`],
  incident: [() => import('./pages/incident.js'), (route) => html`<ac-incident .incidentId=${route.id}></ac-incident>`],
  campaigns: [() => import('./pages/campaigns.js'), () => html`<ac-campaigns></ac-campaigns>`],
  campaign: [() => import('./pages/campaign.js'), (route) => html`<ac-campaign .campaignId=${route.id}></ac-campaign>`],
  releases: [() => import('./pages/releases.js'), () => html`<ac-releases></ac-releases>`],
  release: [() => import('./pages/release.js'), (route) => html`<ac-release .releaseId=${route.id}></ac-release>`],
  trust: [() => import('./pages/trust.js'), () => html`<ac-trust></ac-trust>`],
  rules: [() => import('./pages/rules.js'), () => html`<ac-rules></ac-rules>`],
  audit: [() => import('./pages/audit.js'), () => html`<ac-audit></ac-audit>`],
};

/** The template of the page at this route; an unknown address says so. */
export async function page(route) {
  const found = Object.hasOwn(PAGES, route.name) ? PAGES[route.name] : null;
  if (!found) return html`<div class="page">${failed({ message: t('error.page'), status: 404 })}</div>`;
  const [load, draw] = found;
  try {
    await load();
  } catch (failure) {
    return html`<div class="page">${failed(failure, () => location.reload())}</div>`;
  }
  return html`${keyed(`${route.name}/${route.id}`, draw(route))}`;
}
