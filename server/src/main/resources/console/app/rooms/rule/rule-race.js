import { html } from 'lit';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { icon } from '../../ui/icons.js';
import { ago } from '../../ui/time.js';
import { diffView } from './diff-view.js';

/** Says that somebody else saved a version meanwhile; one's own text stays, and what differs can be looked at. */
export function otherWords(page) {
  const { version, author, at, source } = page.other;
  const look = () => ask({ title: t('ruleRace.title', { version }), shape: 'wide', body: () => html`<p class="muted">${t('ruleRace.diff')}</p>${diffView(source, page.text)}` });
  return html`<div class="notice warning row">${icon('alert')}<span class="grow">${t('ruleRace.words', { author, version })} ${ago(at)}</span>
    <button @click=${look}>${t('ruleRace.look')}</button><button @click=${() => { page.other = null; page.take(source); }}>${t('ruleRace.take')}</button></div>`;
}
