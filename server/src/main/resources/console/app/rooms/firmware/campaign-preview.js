import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { Load, settle } from '../../core/load.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { failed } from '../../ui/states.js';
import { told } from './told.js';

const SETTLE_MS = 400;

/** Whom a campaign of this release for this target would reach, asked each time writing pauses: who gets it, who is silent, who is left out and why. */
class CampaignPreview extends View {
  static properties = { release: {}, target: {} };
  #preview = new Load(this, (signal) => api.post('/campaigns/preview', { release: this.release, target: this.target?.trim() || 'true' }, { signal }));
  #ask = settle(() => this.#preview.run(), SETTLE_MS);

  opened() {
    this.own(() => this.#ask.cancel());
  }

  willUpdate(changed) {
    if (!changed.has('release') && !changed.has('target')) return;
    if (this.release) this.#ask();
    else this.#ask.cancel();
  }

  #told({ matched, ready, silent, skipped }) {
    return html`<p class="big"><b>${number(matched)}</b> ${t('preview.matched', { count: matched })}</p>
      <ul class="mini">
        <li class="tone-good">${icon('check')}<span class="grow">${t('preview.ready')}</span><b>${number(ready)}</b></li>
        ${silent ? html`<li class="tone-warning">${icon('clock')}<span class="grow">${t('preview.silent')}</span><b>${number(silent)}</b></li>` : nothing}
        ${skipped.map((one) => html`<li class="muted">${icon('off')}<span class="grow">${t('preview.skipped')} ${told(one.why, one.reason)}</span><b>${number(one.devices)}</b></li>`)}
      </ul>`;
  }

  render() {
    const { value, error } = this.#preview;
    return html`<section class="card" data-card="preview"><header><h2>${t('preview.title')}</h2></header><div class="body" aria-live="polite">
      ${error ? failed(error, () => this.#preview.run()) : value ? this.#told(value) : html`<p class="muted">${t(this.release ? 'preview.asking' : 'preview.none')}</p>`}</div></section>`;
  }
}

customElements.define('ac-campaign-preview', CampaignPreview);
