import { html } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { bytes, number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { ask } from '../../ui/dialog.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { say } from '../../ui/toast.js';

const short = (build) => html`<span class="mono" title=${build}>${build.slice(0, 12)}…</span>`;

/** The symbols of builds: those that crashes need and nobody uploaded, and those that are there. */
class Symbols extends View {
  #missing = new Load(this, async (signal) => (await api.get('/missing-symbols?limit=100', { signal })).items ?? []);
  #kept = new Load(this, async (signal) => (await api.get('/symbols?limit=200', { signal })).items ?? []);

  opened() {
    title(t('nav.symbols'));
    this.#again();
  }

  #again() {
    return Promise.all([this.#missing.run(), this.#kept.run()]);
  }

  #upload() {
    ask({
      title: t('symbols.upload'), confirm: t('symbols.upload'),
      body: () => html`<p class="muted">${t('symbols.what')}</p>
        <label class="field"><span>${t('symbols.file')}</span><input name="file" type="file" required></label>
        ${pair(field({ label: t('device.model'), name: 'product', required: true, maxlength: 64 }), field({ label: t('device.firmware'), name: 'firmware', required: true, maxlength: 200 }))}`,
      submit: async ({ file, product, firmware }) => {
        await api.post(withQuery('/symbols', { product, firmware, name: file.name }), file, { type: 'application/octet-stream' });
        say(t('symbols.uploaded'));
        await this.#again();
      },
    });
  }

  #missingTable(items) {
    return plainTable([
      ['symbols.build', (one) => short(one.buildId)],
      ['symbols.module', (one) => one.module ?? '–', 'mono'],
      ['device.model', (one) => one.models.join(', ')],
      ['device.firmware', (one) => one.firmwares.join(', '), 'mono'],
      ['crash.crashes', (one) => number(one.crashes), 'num'],
      ['crash.last', (one) => ago(one.lastSeen), 'nowrap'],
    ], items, { caption: t('symbols.missing') });
  }

  #keptTable(items) {
    return plainTable([
      ['symbols.build', (one) => short(one.buildId)],
      ['symbols.module', (one) => one.name, 'mono'],
      ['device.model', (one) => one.product],
      ['device.firmware', (one) => one.firmware, 'mono'],
      ['symbols.size', (one) => bytes(one.bytes), 'num'],
      ['symbols.has', (one) => [one.hasNames && t('symbols.names'), one.hasLines && t('symbols.lines')].filter(Boolean).join(', ') || '–'],
      ['symbols.by', (one) => html`${one.uploadedBy} · ${ago(one.uploadedAt)}`, 'nowrap'],
    ], items, { caption: t('symbols.kept') });
  }

  render() {
    return html`<div class="page"><div class="crumb"><a href=${href('crashes')}>${icon('back')}${t('nav.crashes')}</a></div>
      <header class="head"><h1>${t('nav.symbols')}</h1>${may('firmware') ? html`<button class="primary" @click=${() => this.#upload()}>${icon('plus')}${t('symbols.upload')}</button>` : ''}</header>
      <div class="stack">
        ${show(this.#missing, (items) => card(t('symbols.missing'), items.length ? this.#missingTable(items) : empty('check', t('symbols.missing.none'), t('symbols.missing.next')), { flush: true }))}
        ${show(this.#kept, (items) => card(t('symbols.kept'), items.length ? this.#keptTable(items) : empty('box', t('symbols.none'), t('symbols.what')), { flush: true }))}</div></div>`;
  }
}

customElements.define('ac-symbols', Symbols);
