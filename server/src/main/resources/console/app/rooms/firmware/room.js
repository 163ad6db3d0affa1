import { html } from 'lit';

const STAFF = ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'release-approver', 'auditor'];
const KEYS = ['engineer', 'quality', 'firmware', 'release-approver', 'auditor'];

/** Releases, the campaigns that bring them out, and whose signatures count. */
export const firmware = {
  name: 'firmware',
  words: () => import('./words.js'),
  sheet: new URL('./firmware.css', import.meta.url).pathname,
  pages: {
    campaigns: { icon: 'campaign', roles: STAFF, load: () => import('./campaigns.js'), draw: () => html`<ac-campaigns></ac-campaigns>` },
    campaign: { in: 'campaigns', roles: STAFF, load: () => import('./campaign.js'), draw: (route) => html`<ac-campaign .campaignId=${route.id} .query=${route.query}></ac-campaign>` },
    'campaign-new': { in: 'campaigns', roles: STAFF, load: () => import('./campaign-new.js'), draw: (route) => html`<ac-campaign-new .query=${route.query}></ac-campaign-new>` },
    releases: { icon: 'release', roles: STAFF, load: () => import('./releases.js'), draw: () => html`<ac-releases></ac-releases>` },
    release: { in: 'releases', roles: STAFF, load: () => import('./release.js'), draw: (route) => html`<ac-release .releaseId=${route.id}></ac-release>` },
    trust: { icon: 'key', roles: KEYS, load: () => import('./trust.js'), draw: () => html`<ac-trust></ac-trust>` },
  },
};
