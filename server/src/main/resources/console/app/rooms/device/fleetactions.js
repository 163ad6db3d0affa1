import { html, nothing } from 'lit';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';

const STATES = ['awaiting-approval', 'running', 'paused', 'finished', 'aborted', 'rejected', 'expired'];

/** Remote actions on many devices, the newest first. */
class FleetActions extends Register {
  route = 'fleetactions';
  path = '/fleet-actions';
  icon = 'bolt';
  events = ['fleet-action.changed'];

  open(one) {
    go('fleetaction', one.id);
  }

  filters() {
    return [{ name: 'state', label: t('devices.anystate'), options: STATES.map((one) => [one, term('fleetstate', one)]) }];
  }

  doings() {
    return may('engineer') ? html`<a class="button" href=${href('fleetaction-new')}>${icon('plus')}${t('nav.fleetaction-new')}</a>` : nothing;
  }

  columns() {
    return [
      ['fleet.action', (one) => html`<a class="title" href=${href('fleetaction', one.id)}>${term('command', one.action)}</a>`, 'nowrap'],
      ['fleet.state', (one) => badge('fleetstate', one.state)],
      ['device.model', (one) => one.model, 'nowrap'],
      ['fleet.why', (one) => typed(one.why), 'wide'],
      ['fleet.members', (one) => number(one.devices), 'num'],
      ['fleet.stage', (one) => one.stage, 'num'],
      ['run.by', (one) => one.requestedBy],
      ['fleet.asked', (one) => ago(one.createdAt), 'nowrap'],
    ];
  }
}

customElements.define('ac-fleetactions', FleetActions);
