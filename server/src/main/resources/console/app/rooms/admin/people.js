import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { act, edit, run } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { Register } from '../../ui/register.js';

const ROLES = ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'release-approver', 'auditor', 'partner', 'admin'];
const PASSWORD_MIN = 10;

/** Roles as boxes, each with what it may; `roles` is the name of all of them. */
function roleFields(held) {
  return html`<fieldset class="plainset" name="roles" tabindex="-1"><legend>${t('person.roles')}</legend><div class="roles">${ROLES.map((one) => html`<label class="row check"><input type="checkbox" name="role" value=${one} ?checked=${held.includes(one)}><span><strong>${term('role', one)}</strong> <span class="muted small">${term('roleDoes', one)}</span></span></label>`)}</div></fieldset>`;
}

const rolesOf = (form) => new FormData(form).getAll('role');

const places = (one) => pair(field({ label: t('person.region'), name: 'region', value: one?.region, maxlength: 200, hint: t('person.region.hint') }), field({ label: t('person.outlet'), name: 'outlet', value: one?.outlet, maxlength: 200, hint: t('person.outlet.hint') }));

/** The staff: who may do what, and who may log in. */
class People extends Register {
  route = 'people';
  path = '/users';
  icon = 'people';

  key(one) {
    return one.username;
  }

  #add() {
    act({
      title: t('person.new'), path: '/users', confirm: t('person.add'), words: t('person.added'), done: () => this.list.run(),
      body: () => [
        pair(field({ label: t('login.username'), name: 'username', required: true, maxlength: 64 }), field({ label: t('login.password'), name: 'password', type: 'password', required: true, maxlength: 200, hint: t('person.password.hint', { n: PASSWORD_MIN }) })),
        roleFields([]), places(),
      ],
      change: ({ role, ...values }, form) => ({ ...values, roles: rolesOf(form) }),
    });
  }

  /** There is no reading of one person: the list is read anew where somebody else was faster. */
  async #read(one) {
    const found = (await api.get('/users?limit=1000')).items.find((other) => other.username === one.username) ?? one;
    return { data: found, etag: `"${found.version}"` };
  }

  #edit(one) {
    edit({
      title: one.username, path: `/users/${one.username}`, read: () => this.#read(one), method: 'patch', done: () => this.list.run(),
      body: (first) => [roleFields(first.roles), places(first)],
      change: (values, first, form) => ({ region: values.region, outlet: values.outlet, roles: rolesOf(form) }),
    });
  }

  #reset(one) {
    edit({
      title: t('person.reset', { name: one.username }), path: `/users/${one.username}`, read: () => this.#read(one), method: 'patch', words: t('person.reset.done'), confirm: t('person.reset.do'),
      body: () => field({ label: t('person.password.new'), name: 'password', type: 'password', required: true, maxlength: 200, hint: `${t('person.password.hint', { n: PASSWORD_MIN })} ${t('person.reset.hint')}` }),
      change: (values) => values, done: () => this.list.run(),
    });
  }

  async #active(one, active) {
    const { etag } = await this.#read(one);
    await api.patch(`/users/${one.username}`, { active }, { etag });
    await this.list.run();
  }

  #switch(one) {
    return run(() => this.#active(one, !one.active), t(one.active ? 'person.off.done' : 'person.on.done'), () => this.#active(one, one.active));
  }

  #remove(one) {
    ask({
      title: t('person.remove', { name: one.username }), danger: true, confirm: t('person.remove.do'), body: () => html`<p>${t('person.remove.hint')}</p>`,
      submit: async () => {
        await api.delete(`/users/${one.username}`);
        await this.list.run();
      },
    });
  }

  doings() {
    return may('admin') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('person.new')}</button>` : nothing;
  }

  #steps(one) {
    if (!may('admin')) return nothing;
    return html`<span class="row nowrap"><button class="plain" data-edit=${one.username} @click=${() => this.#edit(one)}>${t('action.edit')}</button>${menu(t('person.more'), html`
      <button @click=${() => this.#reset(one)}>${t('person.reset.do')}</button>
      ${one.username === user.username ? nothing : html`<button @click=${() => this.#switch(one)}>${t(one.active ? 'person.off' : 'person.on')}</button>
      <button class="danger" @click=${() => this.#remove(one)}>${t('person.remove.do')}</button>`}`)}</span>`;
  }

  columns() {
    return [
      ['login.username', (one) => html`<strong class=${one.active ? '' : 'muted'}>${one.username}</strong>`, 'nowrap'],
      ['person.roles', (one) => html`<span class="row">${one.roles.map((role) => html`<span class="badge calm">${term('role', role)}</span>`)}</span>`, 'wide'],
      ['person.region', (one) => one.region || t('person.everywhere'), 'nowrap'], ['person.outlet', (one) => one.outlet || '–', 'nowrap'],
      ['person.state', (one) => (one.active ? html`<span class="badge good">${icon('check')}${t('person.active')}</span>` : html`<span class="badge calm">${icon('off')}${t('person.inactive')}</span>`), 'nowrap'],
      ['person.since', (one) => day(one.createdAt), 'muted nowrap'],
      [null, (one) => this.#steps(one), 'nowrap'],
    ];
  }
}

customElements.define('ac-people', People);
