import { html } from 'lit';

/** The rules that find faults, and what is known of curing them. */
export const rule = {
  name: 'rule',
  words: () => import('./words.js'),
  pages: {
    rules: { icon: 'rule', load: () => import('./rules.js'), draw: () => html`<ac-rules></ac-rules>` },
  },
};
