import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { DeviceTab } from './device-tab.js';
import { attributesCard, factsCard, faultsCard, forecastsCard, ticketsCard } from './device-side.js';
import { readable } from './device-read.js';
import './device-charts.js';
import './device-runnable.js';
import '../../ui/timeline.js';

const SHOWN = 12;

/** What is most asked of a device on one page: its newest values and events, what is wrong, what can be run, what is known. */
class DeviceOverview extends DeviceTab {
  static properties = { timeline: { attribute: false } };
  #faults = this.whole(async (signal) => (await readable(api.get(`/faults?device=${encodeURIComponent(this.device.id)}&limit=20`, { signal }), {})).items ?? []);
  #forecasts = this.whole(async (signal) => (await readable(api.get(`${this.path}/forecasts`, { signal }), {})).items ?? []);
  #latest = this.part('/telemetry/latest');

  render() {
    return html`<div class="columns">
      <div class="stack">
        <ac-device-charts few .device=${this.device} .product=${this.product} .timeline=${this.timeline} .beat=${this.beat}></ac-device-charts>
        <ac-timeline .entries=${this.timeline.slice(0, SHOWN)}></ac-timeline>
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
