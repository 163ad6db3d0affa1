import { html, nothing } from 'lit';
import { DeviceTab } from './device-tab.js';
import { attributesCard, factsCard, faultsCard, forecastsCard, ticketsCard } from './device-side.js';
import { listed, READERS } from './device-read.js';
import { inWords } from './told.js';
import './device-charts.js';
import './device-runnable.js';
import '../../ui/timeline.js';

const SHOWN = 12;

/** What is most asked of a device on one page: its newest values and events, what is wrong, what can be run, what is known. */
class DeviceOverview extends DeviceTab {
  static properties = { timeline: { attribute: false } };
  #faults = this.whole((signal) => listed(READERS.care, `/faults?device=${encodeURIComponent(this.device.id)}&limit=20`, signal));
  #forecasts = this.whole((signal) => listed(READERS.care, `${this.path}/forecasts`, signal));
  #latest = this.part('/telemetry/latest');

  render() {
    return html`<div class="columns">
      <div class="stack">
        <ac-device-charts few .device=${this.device} .product=${this.product} .timeline=${this.timeline} .beat=${this.beat}></ac-device-charts>
        <ac-timeline .entries=${inWords(this.timeline.slice(0, SHOWN))}></ac-timeline>
      </div>
      <div class="stack">
        ${faultsCard(this.#faults)}
        ${forecastsCard(this.#forecasts)}
        ${ticketsCard(this.tickets)}
        <ac-device-runnable .device=${this.device} .tickets=${this.tickets} .beat=${this.beat}></ac-device-runnable>
        ${factsCard(this.device)}
        ${this.#latest.value ? attributesCard(this.#latest) : nothing}
      </div>
    </div>`;
  }
}

customElements.define('ac-device-overview', DeviceOverview);
