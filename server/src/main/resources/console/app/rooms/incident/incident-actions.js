import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { go, href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { assignee } from '../../ui/assignee.js';
import { act, edit, run } from '../../ui/edit.js';
import { area, choice } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { complain } from '../../ui/toast.js';
import { condition } from './incident-shape.js';

function comment(path, done) {
  act({ title: t('incident.comment'), confirm: t('incident.comment'), path: `${path}/comments`, done, words: t('incident.commented'), body: () => area({ label: t('incident.text'), name: 'text', required: true, maxlength: 10000 }) });
}

function move(path, to, done) {
  act({
    title: t(`incident.to.${to}`), confirm: t(`incident.to.${to}`), path: `${path}/transitions`, done,
    body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 1000 }), change: ({ reason }) => ({ to, reason }),
  });
}

function own(path, done) {
  edit({
    title: t('incident.own'), path, method: 'patch', done,
    body: (now) => assignee({ label: t('incident.owner'), name: 'owner', value: now.owner, hint: t('incident.own.hint') }),
    change: ({ owner }) => ({ owner: owner || null }),
  });
}

async function merge(path, incident) {
  let others;
  try {
    others = (await api.get('/incidents?state=live&limit=200')).items.filter((one) => one.id !== incident.id);
  } catch (failure) {
    complain(failure);
    return;
  }
  act({
    title: t('incident.merge'), confirm: t('incident.merge'), path: `${path}/merge`, words: t('incident.merged.done'),
    body: () => html`<p class="muted">${t('incident.merge.what')}</p>${choice({ label: t('incident.into'), name: 'into', required: true, options: others.map((one) => [one.id, `${one.id} · ${one.title}`]) })}`,
    done: (into) => go('incident', into.id),
  });
}

/** What brings a fix to the devices of an incident: a campaign, or one action on all of them, each filled in as far as it is known. */
function fixes(incident) {
  const target = condition(incident);
  const said = `${incident.title} (${incident.id})`;
  return menu(html`${icon('wrench')}${t('incident.fix')}`, html`
    ${may('firmware') ? html`<button @click=${() => go('campaign-new', null, { product: incident.model, target, name: said, incident: incident.id })}>${icon('campaign')}${t('incident.fix.campaign')}</button>` : nothing}
    ${may('engineer') ? html`<button @click=${() => go('fleetaction-new', null, { model: incident.model, target, why: said })}>${icon('bolt')}${t('incident.fix.group')}</button>
      <button @click=${() => go('fleetaction-new', null, { model: incident.model, devices: incident.members.map((one) => one.device).join('\n'), why: said })}>${icon('bolt')}${t('incident.fix.members')}</button>` : nothing}`);
}

/** What can be done with an incident, as far as its state and the person's roles go. */
export function actions(path, incident, done) {
  const merged = incident.state === 'merged';
  const decides = may('engineer', 'coordinator', 'quality');
  return html`<div class="actionbar">
    ${!merged && may('firmware', 'engineer') ? fixes(incident) : nothing}
    ${decides && incident.state === 'open' ? html`<button @click=${() => move(path, 'monitoring', done)}>${icon('eye')}${t('incident.to.monitoring')}</button>` : nothing}
    ${decides && incident.state === 'monitoring' ? html`<button @click=${() => move(path, 'open', done)}>${icon('retry')}${t('incident.to.open')}</button>` : nothing}
    ${decides && !merged && incident.owner !== user.username ? html`<button @click=${() => run(() => api.patch(path, { owner: user.username }, { etag: `"${incident.version}"` }).then(done), t('incident.owned'), () => api.patch(path, { owner: incident.owner }, { etag: `"${incident.version + 1}"` }).then(done))}>${icon('person')}${t('incident.mine')}</button>` : nothing}
    ${decides && !merged ? html`<button @click=${() => own(path, done)}>${t('incident.own')}</button>` : nothing}
    ${may('agent', 'engineer', 'coordinator', 'quality', 'firmware') ? html`<button @click=${() => comment(path, done)}>${icon('note')}${t('incident.comment')}</button>` : nothing}
    ${may('coordinator', 'quality') && !merged ? html`<button @click=${() => merge(path, incident)}>${t('incident.merge')}</button>` : nothing}
    ${may('coordinator', 'quality') && merged ? html`<button @click=${() => run(() => api.post(`${path}/unmerge`, undefined).then(done), t('incident.unmerged'))}>${icon('undo')}${t('incident.unmerge')}</button>` : nothing}
    ${may('agent', 'engineer', 'coordinator', 'quality') && !merged ? html`<a class="button right" href=${href('emergencies', null, { incident: incident.id, title: incident.title })}>${icon('alert')}${t('emergency.declare')}</a>` : nothing}</div>`;
}
