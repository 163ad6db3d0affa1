import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { gather, Load } from '../../core/load.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { ago, at } from '../../ui/time.js';
import { actionDialog } from './device-action.js';
import { decisions } from './device-decisions.js';

const SHOWN = 6;
const UNDER_WAY = ['approved', 'queued', 'sent', 'delivered'];
const LOOK_AGAIN_MS = 3_000;

function text(value) {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** The remote actions of a device: those its model knows, to be run, and the latest ones, with what came of them. */
class DeviceActions extends View {
  static properties = { device: { attribute: false }, product: { attribute: false }, tickets: { attribute: false }, beat: {} };
  #latest = new Load(this, (signal) => api.get(`/devices/${encodeURIComponent(this.device.id)}/actions?limit=${SHOWN}`, { signal }));

  #again = gather(() => this.#latest.run(), LOOK_AGAIN_MS);

  opened() {
    this.own(() => this.#again.cancel());
  }

  /** No event tells how an action goes on: while one is under way we look again. */
  updated() {
    if (this.#latest.value?.items.some((one) => UNDER_WAY.includes(one.state))) this.#again();
  }

  willUpdate(changed) {
    if (changed.has('beat')) this.#latest.run();
  }

  #result(action) {
    ask({
      title: t('run.result', { action: action.action }),
      body: () => html`<div>${badge('action', action.state)}</div>
        ${facts([
          [t('run.by'), action.requestedBy],
          [t('run.decidedby'), action.decidedBy],
          [t('run.finished'), action.finishedAt && at(action.finishedAt)],
          [t('run.error'), action.error ?? action.reason],
        ])}
        ${action.output == null ? nothing : html`<h3>${t('run.output')}</h3><pre class="source" tabindex="0">${text(action.output)}</pre>`}
        <div class="row">${decisions(action, () => this.#latest.run())}</div>`,
    });
  }

  #row(action) {
    return html`<li>
      <button class="plain grow start" @click=${() => this.#result(action)}><span class="mono cut">${action.action}</span></button>
      ${badge('action', action.state)}<span class="muted small">${ago(action.createdAt)}</span></li>`;
  }

  render() {
    const known = this.product.actions ?? [];
    const items = this.#latest.value?.items ?? [];
    if (!known.length && !items.length) return nothing;
    return html`<section class="card">
      <header><h2>${t('device.actions')}</h2></header>
      <div class="body">
        <div class="row">${known.map((action) => html`<button @click=${() => actionDialog(this.device, action, this.tickets, () => this.#latest.run())}>
          ${icon('bolt')}${action.name}<span class="muted small" title=${term('run.class', action.class)}>${action.class}</span></button>`)}</div>
        ${show(this.#latest, () => (items.length ? html`<ul class="mini">${items.map((one) => this.#row(one))}</ul>` : html`<p class="muted small">${t('device.actions.none')}</p>`))}
      </div>
    </section>`;
  }
}

customElements.define('ac-device-actions', DeviceActions);
