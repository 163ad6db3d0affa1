import { html } from 'lit';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';

const SHOWN = 4;

/** The devices that are otherwise than desired, the longest first. */
class Drift extends Register {
  route = 'drift';
  path = '/devices/drift';
  icon = 'check';
  under = 'devices';

  key(one) {
    return one.device;
  }

  open(one) {
    go('device', one.device, { tab: 'config' });
  }

  filters() {
    return [
      { name: 'model', label: t('device.model') },
      { name: 'olderThan', label: t('drift.older'), options: ['PT1H', 'P1D', 'P7D'].map((one) => [one, t(`drift.older.${one}`)]) },
    ];
  }

  columns() {
    return [
      ['device.id', (one) => html`<a class="title mono" href=${href('device', one.device, { tab: 'config' })}>${one.device}</a>`, 'nowrap'],
      ['device.model', (one) => one.model, 'nowrap'],
      ['device.firmware', (one) => one.firmware || '–', 'mono'],
      ['drift.keys', (one) => html`<span class="row">${one.keys.slice(0, SHOWN).map((key) => html`<span class="nowrap"><code>${key.key}</code> ${badge('config', key.state)}</span>`)}${one.keys.length > SHOWN ? html`<span class="muted">+ ${one.keys.length - SHOWN}</span>` : ''}</span>`, 'wide'],
      ['drift.since', (one) => ago(one.since), 'nowrap'],
      ['device.seen', (one) => ago(one.lastSeen), 'nowrap'],
    ];
  }
}

customElements.define('ac-drift', Drift);
