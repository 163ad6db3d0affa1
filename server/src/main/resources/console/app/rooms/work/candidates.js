import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { progress } from '../../ui/progress.js';
import { show } from '../../ui/states.js';
import { causesWords, causeWords } from './causes.js';

const POINTS_MAX = 120;
const REASONS = { region: 'building', distance: 'truck', load: 'queue', outlet: 'people' };

/** Why somebody is a good choice, in words; what the server does not know is said to be unknown. */
function reason(one) {
  const words = t(`dispatch.reason.${one.what}${one.value ? '' : '.unknown'}`, { value: one.value });
  return html`<span class="badge ${one.points > 0 ? 'good' : 'calm'}">${icon(REASONS[one.what])}${words}${one.points > 0 ? html` <b>+${number(one.points)}</b>` : nothing}</span>`;
}

/**
 * Who can go with the order `orderId` from `from` until `until`, the best first, with the reasons, and who cannot: a field `engineer` of the form that it
 * stands in. `chosen` is who was asked for; without one the best is chosen. It looks again whenever the time changes.
 */
class Candidates extends View {
  static properties = { orderId: {}, from: { attribute: false }, until: { attribute: false }, chosen: {} };
  #found = new Load(this, (signal) => api.get(withQuery(`/work-orders/${this.orderId}/candidates`, { start: this.from.toISOString(), end: this.until.toISOString() }), { signal }));

  willUpdate(changed) {
    if (changed.has('from') || changed.has('until')) this.#found.run();
  }

  #candidate(one, best, chosen) {
    const points = t('dispatch.points', { points: number(one.score) });
    return html`<label class="candidate ${one.engineer === chosen ? 'chosen' : ''}">
      <input type="radio" name="engineer" value=${one.engineer} required .checked=${one.engineer === chosen} @change=${() => (this.chosen = one.engineer)}>
      <span class="grow"><span class="row nowrap"><strong>${one.engineer}</strong>${best ? html`<span class="badge proactive">${icon('star')}${t('dispatch.best')}</span>` : nothing}<span class="right num">${points}</span></span>
        ${progress([['moving', one.score]], POINTS_MAX, points)}
        <span class="row">${one.reasons.map(reason)}</span></span>
    </label>`;
  }

  #refused(refused, chosen) {
    if (!refused.length) return nothing;
    return html`<details ?open=${refused.some((one) => one.engineer === chosen)}><summary>${t('dispatch.refused', { count: refused.length })}</summary>
      <ul class="mini">${refused.map((one) => html`<li><strong>${one.engineer}</strong><span class="muted small">${causesWords(one.causes)}</span></li>`)}</ul></details>`;
  }

  #tools({ refuse, causes }) {
    return causes.length ? html`<div class="row ${refuse ? 'tone-critical' : 'tone-warning'}">${icon('alert')}<span>${causes.map((one) => html`<div>${causeWords(one)}</div>`)}</span></div>` : nothing;
  }

  render() {
    return show(this.#found, ({ candidates, refused, tools }) => {
      const chosen = this.chosen ?? candidates[0]?.engineer;
      return html`${this.#tools(tools)}
        ${candidates.length ? html`<div class="candidates" role="radiogroup" aria-label=${t('dispatch.candidates')}>${candidates.map((one, i) => this.#candidate(one, i === 0, chosen))}</div>`
          : html`<p class="row tone-warning">${icon('alert')}${t('dispatch.none')}</p>`}
        ${this.#refused(refused, chosen)}`;
    });
  }
}

customElements.define('ac-candidates', Candidates);
