import { html } from 'lit';

/** Releases, the campaigns that bring them out, and whose signatures count. */
export const firmware = {
  name: 'firmware',
  words: () => import('./words.js'),
  sheet: new URL('./firmware.css', import.meta.url).pathname,
  pages: {
    campaigns: { icon: 'campaign', load: () => import('./campaigns.js'), draw: () => html`<ac-campaigns></ac-campaigns>` },
    campaign: { in: 'campaigns', load: () => import('./campaign.js'), draw: (route) => html`<ac-campaign .campaignId=${route.id} .query=${route.query}></ac-campaign>` },
    'campaign-new': { in: 'campaigns', load: () => import('./campaign-new.js'), draw: (route) => html`<ac-campaign-new .query=${route.query}></ac-campaign-new>` },
    releases: { icon: 'release', load: () => import('./releases.js'), draw: () => html`<ac-releases></ac-releases>` },
    release: { in: 'releases', load: () => import('./release.js'), draw: (route) => html`<ac-release .releaseId=${route.id}></ac-release>` },
    trust: { icon: 'key', load: () => import('./trust.js'), draw: () => html`<ac-trust></ac-trust>` },
  },
};
