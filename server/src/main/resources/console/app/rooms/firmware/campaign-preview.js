import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { failed } from '../../ui/states.js';

const SETTLE_MS = 400;

/** Whom a campaign of this release for this target would reach, asked each time writing pauses: who gets it, who is silent, who is left out and why. */
class CampaignPreview extends View {
  static properties = { release: {}, target: {}, answer: { state: true }, failure: { state: true } };
  #timer = 0;
  #running = null;

  opened() {
    this.own(() => clearTimeout(this.#timer));
    this.own(() => this.#running?.abort());
  }

  willUpdate(changed) {
    if (!changed.has('release') && !changed.has('target')) return;
    clearTimeout(this.#timer);
    if (this.release) this.#timer = setTimeout(() => this.#ask(), SETTLE_MS);
  }

  async #ask() {
    this.#running?.abort();
    const running = (this.#running = new AbortController());
    try {
      const answer = await api.post('/campaigns/preview', { release: this.release, target: this.target?.trim() || 'true' }, { signal: running.signal });
      [this.answer, this.failure] = [answer, null];
    } catch (failure) {
      if (!running.signal.aborted) [this.answer, this.failure] = [null, failure];
    }
  }

  #told({ matched, ready, silent, skipped }) {
    return html`<p class="big"><b>${number(matched)}</b> ${t('preview.matched')}</p>
      <ul class="mini">
        <li class="tone-good">${icon('check')}<span class="grow">${t('preview.ready')}</span><b>${number(ready)}</b></li>
        ${silent ? html`<li class="tone-warning">${icon('clock')}<span class="grow">${t('preview.silent')}</span><b>${number(silent)}</b></li>` : nothing}
        ${skipped.map((one) => html`<li class="muted">${icon('off')}<span class="grow">${t('preview.skipped')} ${one.reason}</span><b>${number(one.devices)}</b></li>`)}
      </ul>`;
  }

  render() {
    return html`<section class="card" data-card="preview"><header><h2>${t('preview.title')}</h2></header><div class="body" aria-live="polite">
      ${this.failure ? failed(this.failure, () => this.#ask()) : this.answer ? this.#told(this.answer) : html`<p class="muted">${t(this.release ? 'preview.asking' : 'preview.none')}</p>`}</div></section>`;
  }
}

customElements.define('ac-campaign-preview', CampaignPreview);
