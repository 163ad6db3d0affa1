import { html, nothing } from 'lit';
import { day, millis } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { assignee } from '../../ui/assignee.js';
import { card } from '../../ui/card.js';
import { act, filled } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';

const ENDS = ['agent', 'engineer', 'coordinator', 'quality'];

function finish(one, done) {
  act({
    title: t('improve.finish'), confirm: t('improve.finish'), path: `/improvements/${one.id}/done`, etag: `"${one.version}"`, done,
    body: () => html`<p dir="auto">${one.text}</p>${area({ label: t('improve.result'), name: 'result', required: true, maxlength: 4000 })}`,
  });
}

function add(path, done) {
  act({
    title: t('improve.add'), confirm: t('improve.add'), path, done, change: filled,
    body: () => html`${area({ label: t('improve.text'), name: 'text', required: true, maxlength: 2000 })}${pair(assignee({ label: t('incident.owner'), name: 'owner' }), field({ label: t('improve.due'), name: 'due', type: 'date' }))}`,
  });
}

function row(one, done) {
  const late = !one.doneAt && one.due && millis(one.due) < Date.now();
  return html`<li><span class="${one.doneAt ? 'tone-good' : late ? 'tone-critical' : 'muted'}" title=${t(one.doneAt ? 'improve.isdone' : late ? 'improve.late' : 'improve.open')}>${icon(one.doneAt ? 'done' : late ? 'alert' : 'clock')}<span class="unseen">${t(one.doneAt ? 'improve.isdone' : late ? 'improve.late' : 'improve.open')}</span></span>
    <span class="grow"><span dir="auto">${one.text}</span><span class="muted small block">${[one.owner, one.due && day(one.due)].filter(Boolean).join(' · ')}${one.result ? html` <span dir="auto">${one.result}</span>` : nothing}</span></span>
    ${one.doneAt || !may(...ENDS) ? nothing : html`<button @click=${() => finish(one, done)}>${t('improve.finish')}</button>`}</li>`;
}

/** What an emergency or a drill asks to be done, by whom and until when; with `path` more can be asked for. */
export function actionsCard(actions, { path, done }) {
  const extra = path ? html`<button class="right" @click=${() => add(path, done)}>${icon('plus')}${t('improve.add')}</button>` : nothing;
  return card(t('improve.all'), actions.length ? html`<ul class="mini">${actions.map((one) => row(one, done))}</ul>` : html`<p class="muted">${t('improve.none')}</p>`, { extra });
}
