import { html, nothing } from 'lit';
import { current, go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { act, filled, lines } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';

const STATES = ['open', 'warning', 'responding', 'handling', 'review', 'closed'];
const LEVELS = [1, 2, 3, 4];

/** The level as people say it: its number and its name. */
export function levelWords(level) {
  return `${level} · ${t(`emergency.level.${level}`)}`;
}

/** Emergencies, the newest first; anybody of the desk may warn of one. */
class Emergencies extends Register {
  route = 'emergencies';
  path = '/emergencies';
  icon = 'alert';
  events = ['emergency.changed'];

  opened() {
    super.opened();
    if (current().query.get('incident')) this.#declare();
  }

  open(one) {
    go('emergency', one.id);
  }

  filters() {
    return [
      { name: 'state', label: t('incident.anystate'), options: STATES.map((one) => [one, one === 'open' ? t('emergency.live') : term('emergency', one)]) },
      { name: 'level', label: t('emergency.level'), options: LEVELS.map((one) => [String(one), levelWords(one)]) },
      { name: 'drills', label: t('emergency.real'), options: [['true', t('emergency.withdrills')]] },
    ];
  }

  doings() {
    return html`<a class="button" href=${href('levels')}>${t('nav.levels')}</a>
      ${may('agent', 'engineer', 'coordinator', 'quality') ? html`<button class="primary" @click=${() => this.#declare()}>${icon('alert')}${t('emergency.declare')}</button>` : nothing}`;
  }

  #declare() {
    const { query } = current();
    act({
      title: t('emergency.declare'), confirm: t('emergency.declare'), danger: true, path: '/emergencies', words: t('emergency.declared'), done: (made) => go('emergency', made.id),
      body: () => html`<p class="muted">${t('emergency.declare.what')}</p>
        ${choice({ label: t('emergency.level'), name: 'level', required: true, value: 3, options: LEVELS.map((one) => [one, levelWords(one)]) })}
        ${field({ label: t('emergency.title'), name: 'title', required: true, maxlength: 200, value: query.get('title') ?? '' })}
        ${area({ label: t('emergency.description'), name: 'description', maxlength: 4000 })}
        ${pair(field({ label: t('emergency.commander'), name: 'commander', maxlength: 100 }), field({ label: t('emergency.incident'), name: 'incident', maxlength: 40, value: query.get('incident') ?? '' }))}
        ${area({ label: t('emergency.devices'), name: 'devices', hint: t('emergency.devices.hint'), rows: 2, mono: true })}`,
      change: (values) => filled({ ...values, level: Number(values.level), devices: lines(values.devices) }),
    });
  }

  columns() {
    return [
      ['emergency.level', (one) => badge('level', one.level), 'nowrap'],
      ['emergency.state', (one) => badge('emergency', one.state)],
      ['emergency.title', (one) => html`<a class="title" dir="auto" href=${href('emergency', one.id)}>${one.title}</a>${one.drill ? html` <span class="badge">${icon('calendar')}${t('emergency.drill')}</span>` : nothing}<div class="muted small cut" dir="auto">${one.description ?? ''}</div>`, 'wide'],
      ['emergency.commander', (one) => one.commander ?? '–'],
      ['emergency.openedby', (one) => one.openedBy],
      ['emergency.since.column', (one) => ago(one.since), 'nowrap'],
      ['emergency.opened', (one) => ago(one.openedAt), 'nowrap'],
    ];
  }
}

customElements.define('ac-emergencies', Emergencies);
