import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, check, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';

const TOLD = ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'admin'];
/** The names that the levels have before anybody gives them others. */
const SHIPPED = new Set(['Major', 'Large', 'Considerable', 'General']);
const pairs = (text) => (text ?? '').split('\n').map((line) => line.split(/[:：]/)).filter(([name, rest]) => name?.trim() && rest != null).map(([name, ...rest]) => [name.trim(), rest.join(':').trim()]);

/** What stands ready for each level of emergency. */
class Levels extends View {
  #levels = new Load(this, async (signal) => (await api.get('/emergency-levels', { signal })).items ?? []);

  opened() {
    title(t('nav.levels'));
    this.#levels.restart();
  }

  #edit(level) {
    edit({
      title: t('level.edit', { level: level.level }), path: '/emergency-levels', to: `/emergency-levels/${level.level}`, done: () => this.#levels.run(), shape: 'wide',
      read: async () => {
        const now = (await api.get('/emergency-levels')).items.find((one) => one.level === level.level);
        return { data: now, etag: `"${now.version}"` };
      },
      body: (now) => html`${pair(field({ label: t('level.name'), name: 'name', required: true, maxlength: 100, value: now.name }), field({ label: t('emergency.budget'), name: 'budget', type: 'number', min: 0, step: '0.01', value: now.budget }))}
        ${area({ label: t('level.teams'), name: 'teams', hint: t('level.teams.hint'), value: now.teams.map((one) => `${one.name}: ${one.members.join(', ')}`).join('\n'), rows: 4 })}
        ${area({ label: t('level.contacts'), name: 'contacts', hint: t('level.contacts.hint'), value: now.contacts.map((one) => `${one.name}: ${one.reach}`).join('\n'), rows: 4 })}
        <fieldset class="plain"><legend>${t('emergency.tell')}</legend>${TOLD.map((role) => check({ label: term('role', role), name: `tell.${role}`, checked: now.tell.includes(role) }))}</fieldset>`,
      change: (values) => ({
        name: values.name, budget: Number(values.budget || 0), tell: TOLD.filter((role) => values[`tell.${role}`]),
        teams: pairs(values.teams).map(([name, members]) => ({ name, members: members.split(/[,，]/).map((one) => one.trim()).filter(Boolean) })),
        contacts: pairs(values.contacts).map(([name, reach]) => ({ name, reach })),
      }),
    });
  }

  #level(one) {
    return card(html`${badge('level', one.level)} ${t(`emergency.level.${one.level}`)} ${SHIPPED.has(one.name) ? nothing : html`<span class="muted" dir="auto">${one.name}</span>`}`, html`${facts([[t('emergency.tell'), one.tell.map((role) => term('role', role)).join(', ') || '–'], [t('emergency.budget'), one.budget ? number(one.budget) : '–']])}
      <ul class="mini">${one.teams.map((team) => html`<li><strong dir="auto">${team.name}</strong><span class="muted">${team.members.join(', ')}</span></li>`)}${one.contacts.map((contact) => html`<li>${icon('phone')}<span class="grow" dir="auto">${contact.name}</span><span class="muted">${contact.reach}</span></li>`)}</ul>
      ${one.teams.length || one.contacts.length ? nothing : html`<p class="muted">${t('level.empty')}</p>`}`,
    { extra: may('coordinator') ? html`<button class="right" @click=${() => this.#edit(one)}>${icon('edit')}${t('action.edit')}</button>` : nothing });
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('emergencies')}>${icon('back')}${t('nav.emergencies')}</a></div><header class="head"><h1>${t('nav.levels')}</h1></header>
      ${show(this.#levels, (items) => html`<div class="columns even">${items.map((one) => this.#level(one))}</div>`)}</div>`;
  }
}

customElements.define('ac-levels', Levels);
