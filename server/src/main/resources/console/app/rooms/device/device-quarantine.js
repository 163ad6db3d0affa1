import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bytes, number } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { complain, say } from '../../ui/toast.js';
import { DeviceTab } from './device-tab.js';

/** Messages of a device that were not understood: why, what they said, and what can be done with them. */
class DeviceQuarantine extends DeviceTab {
  #messages = this.part('/quarantine?limit=100', (answer) => answer.items ?? []);

  async #replay(message) {
    try {
      const { removed } = await api.post(`${this.path}/quarantine/${message.id}/replay`);
      say(t(removed ? 'quarantine.read' : 'quarantine.partly'));
      await this.again();
    } catch (failure) {
      complain(failure);
    }
  }

  #delete(message) {
    ask({
      title: t('quarantine.delete'), confirm: t('quarantine.delete'), danger: true,
      body: () => html`<p>${t('quarantine.delete.what', { count: number(message.count) })}</p>`,
      submit: async () => {
        await api.delete(`${this.path}/quarantine/${message.id}`);
        say(t('quarantine.deleted'));
        await this.again();
      },
    });
  }

  #message(one) {
    return html`<li class="quarantined"><div class="row"><strong dir="auto">${one.reason}</strong><code>${one.code}</code>
        <span class="right muted small">${one.count > 1 ? html`× ${number(one.count)} · ` : nothing}${ago(one.lastSeen ?? one.at)}</span></div>
      <div class="muted small"><span class="mono">${one.topic}</span> · ${one.format} · ${bytes(one.size)}${one.whole ? nothing : html` · ${t('quarantine.cut')}`}</div>
      <pre class="source" tabindex="0" dir="auto">${one.payload}</pre>
      ${may('engineer', 'quality') ? html`<div class="row"><button ?disabled=${!one.whole} @click=${() => this.#replay(one)}>${icon('retry')}${t('quarantine.replay')}</button><button class="danger" @click=${() => this.#delete(one)}>${t('quarantine.delete')}</button></div>` : nothing}</li>`;
  }

  render() {
    return show(this.#messages, (items) => card(t('device.quarantine'), items.length
      ? html`<p class="muted">${t('quarantine.what')}</p><ul class="stack">${items.map((one) => this.#message(one))}</ul>`
      : empty('check', t('quarantine.none'), t('quarantine.none.next'))));
  }
}

customElements.define('ac-device-quarantine', DeviceQuarantine);
