import { html, nothing } from 'lit';
import { day } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { empty } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { checkDialog, doneDialog } from './complaint-dialogs.js';

function standing(action) {
  if (action.effective === true) return html`<span class="badge good">${icon('done')}${t('complaint.action.helped')}</span>`;
  if (action.effective === false) return html`<span class="badge critical">${icon('back')}${t('complaint.action.failed')}</span>`;
  if (action.doneAt) return html`<span class="badge info">${icon('search')}${t('complaint.action.unchecked')}</span>`;
  return Date.parse(action.due) < Date.now() ? html`<span class="badge critical">${icon('alert')}${t('complaint.action.late')}</span>` : html`<span class="badge calm">${icon('clock')}${t('complaint.action.open')}</span>`;
}

/** Whoever did an action does not check it: the button says so instead of failing. */
function step(one, action, again) {
  if (!action.doneAt && may('agent', 'engineer', 'coordinator', 'quality')) return html`<button data-do="done" @click=${() => doneDialog(one, action, again)}>${t('complaint.action.done')}</button>`;
  if (action.doneAt && action.effective == null && may('coordinator', 'quality')) {
    return user.username === action.doneBy ? html`<span class="muted small">${t('complaint.action.other')}</span>` : html`<button data-do="check" @click=${() => checkDialog(one, action, again)}>${t('complaint.action.check')}</button>`;
  }
  return nothing;
}

/** What is done so that a complaint does not come again, and whether somebody else found that it helped. */
export function actionsCard(one, again) {
  return card(t('complaint.actions'), one.actions.length ? plainTable([
    ['complaint.action', (action) => html`${typed(action.text)}${action.result ? html`<div class="small muted">${typed(action.result)}</div>` : nothing}${action.evidence ? html`<div class="small muted">${typed(action.evidence)}</div>` : nothing}`, 'wide'],
    ['complaint.owner', (action) => action.owner, 'nowrap'],
    ['complaint.due', (action) => day(action.due), 'nowrap'],
    ['complaint.state', (action) => html`${standing(action)}${action.checkedBy ? html` <span class="muted small">${action.checkedBy}</span>` : action.doneBy ? html` <span class="muted small">${action.doneBy}</span>` : nothing}`, 'nowrap'],
    [null, (action) => step(one, action, again), 'nowrap'],
  ], one.actions, { caption: t('complaint.actions') }) : empty('wrench', t('complaint.actions.empty'), t('complaint.actions.next')), { flush: true });
}
