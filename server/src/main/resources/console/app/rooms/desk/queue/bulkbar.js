import { html } from 'lit';
import { t } from '../../../core/i18n.js';
import { icon } from '../../../ui/icons.js';

const ACTS = [['mine', 'person', 'I'], ['assign', 'people', 'A'], ['state', 'play', 'S'], ['priority', 'alert', 'P'], ['snooze', 'bell', 'H'], ['merge', 'link', 'M'], ['tags', 'tag', 'T']];

/** What can be done with the chosen rows; it stands where the filters stood. */
export function bulkBar(selection, items, act) {
  return html`<div class="filters chosen" role="toolbar" aria-label=${t('queue.chosen', { count: selection.size })}>
    <strong aria-live="polite">${t('queue.chosen', { count: selection.size })}</strong>
    ${ACTS.map(([name, shape, key]) => html`<button data-bulk=${name} @click=${() => act(name)}>${icon(shape)}${t(`bulk.act.${name}`)}<kbd>${key}</kbd></button>`)}
    <span class="right"></span>
    ${selection.size < items.length ? html`<button class="plain" @click=${() => selection.all()}>${t('queue.choose.all', { count: items.length })}</button>` : ''}
    <button class="plain" @click=${() => selection.clear()}>${icon('close')}${t('queue.choose.none')}</button>
  </div>`;
}
