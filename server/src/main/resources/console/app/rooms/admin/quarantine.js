import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { say } from '../../ui/toast.js';
import { ago } from '../../ui/time.js';

/** Why a message was not understood; what has no words of its own is shown as the server says it. */
function reason({ code, reason: said }) {
  const words = t(`quarantineReason.${code}`);
  return words.startsWith('quarantineReason.') ? said : words;
}

/** Messages of devices that were not understood, by model and reason; read again once the cause is mended. */
class Quarantine extends Register {
  route = 'quarantine';
  path = '/quarantine';
  icon = 'stop';
  under = 'settings';

  key(one) {
    return `${one.model} ${one.code} ${one.reason}`;
  }

  filters() {
    return [{ name: 'model', label: t('device.model') }];
  }

  /** Reads on where the server stopped, until all were tried. */
  #replay(one) {
    return run(async () => {
      let [stored, bad, after] = [0, 0, undefined];
      do {
        const answer = await api.post('/quarantine/replay', { code: one.code, model: one.model, ...(after ? { after } : {}) });
        stored += answer.stored;
        bad += answer.bad;
        after = answer.next;
      } while (after);
      await this.list.run();
      say(t('quarantine.outcome', { stored: number(stored), bad: number(bad) }));
    }, t('quarantine.replayed'));
  }

  columns() {
    return [
      ['device.model', (one) => html`<a class="mono" href=${href('product', one.model)}>${one.model}</a>`, 'nowrap'], ['quarantine.code', (one) => html`<span class="mono">${one.code}</span>`, 'nowrap'], ['quarantine.reason', (one) => reason(one), 'wide'], ['quarantine.messages', (one) => number(one.messages), 'num'], ['quarantine.kept', (one) => number(one.kept), 'num'],
      ['quarantine.devices', (one) => html`<a href=${href('devices', null, { model: one.model })}>${number(one.devices)}</a>`, 'num'], ['quarantine.first', (one) => ago(one.firstSeen), 'muted nowrap'], ['quarantine.last', (one) => ago(one.lastSeen), 'muted nowrap'],
      [null, (one) => (may('engineer', 'quality') ? html`<button @click=${() => this.#replay(one)}>${icon('retry')}${t('quarantine.replay')}</button>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-quarantine', Quarantine);
