import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { number, span } from '../../core/format.js';
import { href, stay } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { empty, failed } from '../../ui/states.js';
import { facts } from '../../ui/facts.js';
import { ago } from '../../ui/time.js';

const FOUND_MAX = 20;
const LOOK = { true: ['tone-good', 'check'], false: ['muted', 'close'] };

/** Why the rule in force does, or does not, fire on a device now. */
class RuleExplain extends View {
  static properties = { ruleId: {}, models: {}, query: { attribute: false }, answer: { state: true }, failure: { state: true }, devices: { state: true } };
  #asked = '';

  opened() {
    this.#suggest('');
    const device = this.query.get('device');
    if (device) this.#ask(device);
  }

  /** Devices of the rule's models to choose from; without them the field takes an id all the same. */
  async #suggest(q) {
    try {
      const model = this.models?.includes(',') ? undefined : this.models;
      this.devices = (await api.get(withQuery('/devices', { model, q, limit: FOUND_MAX }))).items;
    } catch (failure) {
      this.failure = failure;
    }
  }

  async #ask(device) {
    this.#asked = device;
    stay('rule', this.ruleId, { tab: 'device', device });
    try {
      const answer = await api.get(withQuery(`/rules/${encodeURIComponent(this.ruleId)}/explain`, { device }));
      if (this.#asked === device) [this.answer, this.failure] = [answer, null];
    } catch (failure) {
      [this.answer, this.failure] = [null, failure];
    }
  }

  #sent(event) {
    event.preventDefault();
    const device = new FormData(event.target).get('device').trim();
    if (device) this.#ask(device);
  }

  #part({ expression, result }) {
    const [tone, shape] = LOOK[result] ?? ['tone-warning', 'info'];
    return html`<li><span class="row nowrap ${tone}">${icon(shape)}${t(`explain.${result === 'true' || result === 'false' ? result : 'unknown'}`)}</span><code>${expression}</code></li>`;
  }

  #told({ device, applies, why, samples, newest, explain }) {
    if (!applies) return html`<p class="row">${icon('off')}<span>${t('explain.not', { why: why ?? '' })}</span></p>`;
    const values = Object.entries(explain?.values ?? {});
    return html`<p class="row">${badge('explained', explain?.state ?? 'idle')}<a class="mono" href=${href('device', device)}>${device}</a>
        <span class="muted">${t('explain.samples', { count: number(samples ?? 0) })}${newest ? html`, ${t('explain.newest')} ${ago(newest)}` : nothing}</span></p>
      ${explain?.needed ? html`<p class="muted">${t('explain.held', { held: span(explain.held ?? 'PT0S'), needed: span(explain.needed) })}</p>` : nothing}
      <ul class="parts">${(explain?.parts ?? []).map((one) => this.#part(one))}</ul>
      ${values.length ? facts(values.map(([name, value]) => [html`<code>${name}</code>`, html`<b>${typeof value === 'number' ? number(value) : String(value)}</b>`])) : nothing}`;
  }

  render() {
    return html`<section class="card">
      <header><h2>${t('explain.title')}</h2></header>
      <div class="body stack">
        <form class="row" @submit=${this.#sent}><label class="field"><span>${t('device.id')}</span><input name="device" class="mono" list="explain-devices" .value=${this.query.get('device') ?? ''} required autocomplete="off" spellcheck="false"></label>
          <datalist id="explain-devices">${(this.devices ?? []).map((one) => html`<option value=${one.id}>${one.model}</option>`)}</datalist><button class="primary low">${t('explain.do')}</button></form>
        <div class="stack" aria-live="polite">${this.failure ? failed(this.failure) : this.answer ? this.#told(this.answer) : empty('device', t('explain.none'), t('explain.none.next'))}</div>
      </div>
    </section>`;
  }
}

customElements.define('ac-rule-explain', RuleExplain);
