import { html } from 'lit';

/** Who may do what, by which promises, and who did. */
export const admin = {
  name: 'admin',
  words: () => import('./words.js'),
  pages: {
    audit: { icon: 'audit', load: () => import('./audit.js'), draw: () => html`<ac-audit></ac-audit>` },
  },
};
