import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { markRefused } from '../../ui/dialog.js';
import { filled, lines } from '../../ui/edit.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { failed, show } from '../../ui/states.js';
import { fieldsFor, given } from '../../ui/schema-form.js';

const STAGES = '1, 10 %, 100 %';
const STAGE = /^\s*(\d+(?:\.\d+)?)\s*(%)?\s*$/;

/** "1, 10 %, 100 %" as stages: a number of devices, or a share of them. */
export function stagesIn(text) {
  return text.split(',').map((one) => STAGE.exec(one)).filter(Boolean).map(([, value, share]) => (share ? { percent: Number(value) } : { count: Number(value) }));
}

/** Asks for an action on many devices: who is in it is counted first, and the number typed before anything begins. */
class FleetActionNew extends View {
  static properties = { begun: { attribute: false }, model: { state: true }, action: { state: true } };
  #products = new Load(this, async (signal) => (await api.get('/products?limit=100', { signal })).items ?? []);
  #preview = null;
  #failure = null;
  #busy = false;

  opened() {
    title(t('nav.fleetaction-new'));
    this.model = this.begun.model;
    this.action = this.begun.action;
    this.#products.restart();
  }

  #schema() {
    return this.#products.value?.find((one) => one.model === this.model)?.actions?.find((one) => one.name === this.action);
  }

  /** What is asked for, as the API takes it. */
  #wish(values) {
    const devices = lines(values.devices);
    const canary = lines(values.canary);
    return filled({
      model: values.model, action: values.action, why: values.why, ticket: values.ticket, params: given(this.#schema()?.params, values),
      ...(devices.length ? { devices } : { target: values.target || 'true' }),
      canary: canary.length ? canary : undefined, stages: stagesIn(values.stages), expiresIn: values.expiresIn,
      gate: { success: Number(values.success) / 100, error: Number(values.error) / 100, soak: values.soak, faults: values.faults === 'on', action: values.gateaction },
      rate: values.rate ? { devicesPerMinute: Number(values.rate) } : undefined,
      window: values.start ? { start: values.start, duration: values.duration, zone: 'device' } : undefined,
      confirm: values.confirm ? Number(values.confirm) : undefined,
    });
  }

  /** Who is in it has to be counted anew; typing the number does not change it. */
  #changed(name) {
    if (name === 'confirm') return;
    this.#preview = null;
    this.requestUpdate();
  }

  async #submit(event) {
    event.preventDefault();
    markRefused(event.target);
    const counting = event.submitter?.value === 'preview' || !this.#preview;
    const values = Object.fromEntries(new FormData(event.target));
    this.#busy = true;
    this.#failure = null;
    this.requestUpdate();
    try {
      const wish = this.#wish(values);
      if (counting) this.#preview = await api.post('/fleet-actions/preview', wish);
      else go('fleetaction', (await api.post('/fleet-actions', wish)).id);
    } catch (failure) {
      this.#failure = failure;
      markRefused(event.target, failure.errors);
    }
    this.#busy = false;
    this.requestUpdate();
  }

  #who() {
    return card(t('fleet.who'), html`<div class="fields">
      ${field({ label: t('fleet.target'), name: 'target', value: this.begun.target ?? '', hint: t('fleet.target.hint'), placeholder: 'device.firmware == "2.3.1" && device.region == "EU-Central"' })}
      ${area({ label: t('fleet.only'), name: 'devices', value: this.begun.devices ?? '', hint: t('fleet.only.hint'), rows: 3, mono: true })}
      ${area({ label: t('fleet.canaries'), name: 'canary', value: '', hint: t('fleet.canaries.hint'), rows: 2, mono: true })}</div>`);
  }

  #how() {
    return card(t('fleet.how'), html`<div class="fields">
      ${field({ label: t('fleet.stages'), name: 'stages', value: STAGES, hint: t('fleet.stages.hint'), required: true })}
      ${pair(field({ label: t('fleet.gate.success'), name: 'success', type: 'number', min: 0, max: 100, value: 95 }), field({ label: t('fleet.gate.error'), name: 'error', type: 'number', min: 1, max: 100, value: 10 }))}
      ${pair(choice({ label: t('fleet.soak'), name: 'soak', value: 'PT5M', required: true, options: ['PT0S', 'PT5M', 'PT30M', 'PT2H', 'P1D'].map((one) => [one, t(`fleet.soak.${one}`)]) }), choice({ label: t('fleet.gateaction'), name: 'gateaction', value: 'pause', required: true, options: [['pause', t('fleet.pause')], ['abort', t('fleet.abort')]] }))}
      ${check({ label: t('fleet.faults'), name: 'faults', checked: true })}
      ${pair(field({ label: t('fleet.start'), name: 'start', type: 'time' }), choice({ label: t('fleet.duration'), name: 'duration', value: 'PT2H', required: true, options: ['PT1H', 'PT2H', 'PT4H', 'PT8H'].map((one) => [one, t(`fleet.duration.${one}`)]) }))}
      ${pair(field({ label: t('fleet.rate'), name: 'rate', type: 'number', min: 1, max: 6000, value: 600 }), choice({ label: t('run.wait'), name: 'expiresIn', value: 'PT1H', required: true, options: ['PT15M', 'PT1H', 'PT8H', 'P1D', 'P7D'].map((one) => [one, t(`run.wait.${one}`)]) }))}</div>`);
  }

  #what(products) {
    const actions = products.find((one) => one.model === this.model)?.actions ?? [];
    return card(t('fleet.what'), html`<div class="fields">
      ${pair(choice({ label: t('device.model'), name: 'model', value: this.model, required: true, options: products.map((one) => [one.model, one.name ? `${one.model} · ${one.name}` : one.model]), change: (event) => (this.model = event.target.value) }),
        choice({ label: t('fleet.action'), name: 'action', value: this.action, required: true, options: actions.map((one) => [one.name, `${term('command', one.name)} (${one.name})`]), change: (event) => (this.action = event.target.value) }))}
      ${this.#schema() ? html`<p class="muted">${t(`run.class.${this.#schema().class ?? 'A'}`)}</p>${fieldsFor(this.#schema().params, { left: ['upload'] })}` : nothing}
      ${area({ label: t('run.why'), name: 'why', required: true, maxlength: 500, value: this.begun.why ?? '', rows: 2 })}
      ${field({ label: t('run.ticket'), name: 'ticket', value: this.begun.ticket ?? '', maxlength: 64 })}</div>`);
  }

  #counted() {
    const found = this.#preview;
    if (!found) return nothing;
    return card(t('fleet.preview'), html`<div class="figures"><div class="figure"><span class="muted small">${t('fleet.devices')}</span><b>${number(found.devices)}</b></div>
        ${found.stages.map((count, i) => html`<div class="figure"><span class="muted small">${t('fleet.stage')} ${i + 1}</span><b>${number(count)}</b></div>`)}</div>
      <p class="muted small mono">${found.first.join(', ')}${found.devices > found.first.length ? ' …' : ''}</p>
      ${found.needsSecondPerson ? html`<p class="row">${icon('people')}${t('fleet.second')}</p>` : nothing}
      ${found.needsTicket ? html`<p class="row">${icon('queue')}${t('fleet.needsticket')}</p>` : nothing}
      ${found.needsConfirm ? field({ label: t('fleet.confirm', { count: found.devices }), name: 'confirm', type: 'number', required: true }) : nothing}`);
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('fleetactions')}>${icon('back')}${t('nav.fleetactions')}</a></div><header class="head"><h1>${t('nav.fleetaction-new')}</h1></header>
      ${show(this.#products, (products) => html`<form class="fleet-form" @submit=${this.#submit} @change=${(event) => this.#changed(event.target.name)}>
        <div class="columns even"><div class="stack">${this.#what(products)}${this.#who()}</div><div class="stack">${this.#how()}${this.#counted()}
          ${this.#failure ? failed(this.#failure) : nothing}
          <div class="row"><button value="preview" class=${this.#preview ? '' : 'primary'} ?disabled=${this.#busy}>${icon('search')}${t('fleet.count')}</button>
            ${this.#preview ? html`<button value="send" class="primary" ?disabled=${this.#busy || !this.#preview.devices}>${icon('bolt')}${t('fleet.begin', { count: number(this.#preview.devices) })}</button>` : nothing}</div></div></div></form>`)}</div>`;
  }
}

customElements.define('ac-fleetaction-new', FleetActionNew);
