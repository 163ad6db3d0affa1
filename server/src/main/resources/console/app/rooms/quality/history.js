import { html, nothing } from 'lit';
import { t, term } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { ago } from '../../ui/time.js';

const SHAPES = { logged: ['critical', 'new'], verified: ['info', 'check'], investigating: ['warning', 'search'], cause: ['warning', 'search'], answered: ['info', 'mail'], 'followed-up': ['good', 'phone'], closed: ['good', 'done'], update: ['info', 'note'], edit: ['calm', 'edit'], action: ['info', 'wrench'], 'action-done': ['good', 'check'], 'action-checked': ['good', 'eye'] };

function entry(one) {
  const [tone, shape] = SHAPES[one.kind] ?? ['calm', 'note'];
  return html`<li><span class="dot ${tone}">${icon(shape)}</span><div>
    <div class="line"><div class="what"><strong>${term('complaintKind', one.kind)}</strong><span class="muted">${one.person}</span>${one.told ? html`<span class="badge info">${icon('mail')}${t('complaint.told')}</span>` : nothing}</div><span class="muted small">${ago(one.at)}</span></div>
    ${one.text ? html`<div class="said" dir="auto">${one.text}</div>` : nothing}
  </div></li>`;
}

/** What happened to a complaint, the newest first. */
export function historyCard(history) {
  return card(t('timeline.title'), html`<ol class="timeline">${[...history].sort((a, b) => b.at.localeCompare(a.at)).map(entry)}</ol>`);
}
