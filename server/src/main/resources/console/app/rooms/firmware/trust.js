import { html } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { Load } from '../../core/load.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { show } from '../../ui/states.js';
import { assignmentCard, rootsCard, signingCard, warnings } from './trust-parts.js';

/** Whose signatures count: the root documents, the keys that may sign releases, and those by which this server signs offers. */
class Trust extends View {
  #trust = new Load(this, async (signal) => {
    const lists = ['/roots', '/signing-keys', '/assignment-keys'].map(async (path) => (await api.get(path, { signal })).items ?? []);
    const [roots, signing, assignment] = await Promise.all(lists);
    return { roots, signing, assignment };
  });

  opened() {
    this.own(onEvent((name) => name === 'reset' && this.#trust.run()));
    this.#trust.restart();
  }

  updated() {
    title(t('nav.trust'));
  }

  render() {
    const again = () => this.#trust.run();
    return html`<div class="page">
      <header class="head"><h1>${t('nav.trust')}</h1></header>
      ${show(this.#trust, ({ roots, signing, assignment }) => html`<div class="stack">
        ${warnings(roots)}${rootsCard(roots, again)}${signingCard(signing, roots.length > 0, again)}${assignmentCard(assignment, again)}
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-trust', Trust);
