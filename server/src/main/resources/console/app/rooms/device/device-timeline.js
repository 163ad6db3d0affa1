import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { show } from '../../ui/states.js';
import { complain } from '../../ui/toast.js';
import { DeviceTab } from './device-tab.js';
import { inWords } from './told.js';
import '../../ui/timeline.js';

const PAGE = 200;

/** Everything that happened to a device, the newest first; earlier ones on demand. */
class DeviceTimeline extends DeviceTab {
  #newest = this.part(`/timeline?limit=${PAGE}`);
  #earlier = [];
  #next = undefined;

  async #more(next) {
    try {
      const answer = await api.get(`${this.path}/timeline?limit=${PAGE}&cursor=${encodeURIComponent(next)}`);
      this.#earlier = [...this.#earlier, ...(answer.items ?? [])];
      this.#next = answer.next ?? null;
      this.requestUpdate();
    } catch (failure) {
      complain(failure);
    }
  }

  render() {
    return show(this.#newest, ({ items = [], next }) => {
      const cursor = this.#next === undefined ? next : this.#next;
      return html`<ac-timeline .entries=${inWords([...items, ...this.#earlier])}></ac-timeline>
        ${cursor ? html`<div class="more"><button @click=${() => this.#more(cursor)}>${t('device.earlier')}</button></div>` : nothing}`;
    });
  }
}

customElements.define('ac-device-timeline', DeviceTimeline);
