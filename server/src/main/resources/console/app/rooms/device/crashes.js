import { html } from 'lit';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';

const STATES = ['open', 'assigned', 'resolved', 'regressed'];
const SORTS = ['lastSeen', 'crashes', 'devices'];

/** The kinds of crashes of the whole fleet. */
class Crashes extends Register {
  route = 'crashes';
  path = '/crash-groups';
  icon = 'error';
  events = ['crash-group.changed'];

  open(one) {
    go('crashgroup', one.id);
  }

  filters() {
    return [
      { name: 'state', label: t('devices.anystate'), options: STATES.map((one) => [one, term('crashgroup', one)]) },
      { name: 'sort', label: t('crash.sort'), fallback: 'lastSeen', options: SORTS.map((one) => [one, t(`crash.sort.${one}`)]) },
      { name: 'model', label: t('device.model') },
      { name: 'firmware', label: t('device.firmware') },
    ];
  }

  doings() {
    return html`<a class="button" href=${href('symbols')}>${icon('box')}${t('nav.symbols')}</a>`;
  }

  columns() {
    return [
      ['crash.title', (one) => html`<a class="title" dir="auto" href=${href('crashgroup', one.id)}>${one.title}</a><div class="muted small mono">${one.process}</div>`, 'wide'],
      ['crash.state', (one) => html`${badge('crashgroup', one.state)}${one.regressedIn ? html`<div class="small mono">${one.regressedIn}</div>` : ''}`],
      ['crash.model', (one) => one.model, 'nowrap'],
      ['crash.crashes', (one) => number(one.crashes), 'num'],
      ['crash.devices', (one) => number(one.devices), 'num'],
      ['crash.first', (one) => ago(one.firstSeen), 'nowrap'],
      ['crash.last', (one) => ago(one.lastSeen), 'nowrap'],
      ['crash.assignee', (one) => one.assignee ?? '–'],
    ];
  }
}

customElements.define('ac-crashes', Crashes);
