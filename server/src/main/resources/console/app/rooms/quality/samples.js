import { html, nothing } from 'lit';
import { day, number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { act, moment } from '../../ui/edit.js';
import { choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { caseLink } from '../../ui/links.js';
import { Register } from '../../ui/register.js';
import { checkDialog } from './checks.js';

/** What was drawn at random to be checked; the seed is kept, so that anybody can draw the same again. */
class QualitySamples extends Register {
  route = 'quality-samples';
  path = '/quality-samples';
  icon = 'filter';
  under = 'quality';

  #draw() {
    let of = 'tickets';
    act({
      title: t('sample.new'), path: '/quality-samples', confirm: t('sample.draw'), done: () => this.list.run(),
      body: (again) => [
        choice({ label: t('sample.of'), name: 'of', value: of, required: true, options: ['tickets', 'devices'].map((one) => [one, term('sampleOf', one)]), change: (event) => { of = event.target.value; again(); } }),
        of === 'devices' ? field({ label: t('sample.batch'), name: 'batch', required: true, maxlength: 100 }) : pair(field({ label: t('sample.from'), name: 'from', type: 'date' }), field({ label: t('sample.to'), name: 'to', type: 'date' })),
        pair(field({ label: t('sample.size'), name: 'size', type: 'number', min: 1, max: 500, value: 10, required: true }), field({ label: t('sample.seed'), name: 'seed', type: 'number', hint: t('sample.seed.hint') })),
      ],
      change: (values) => ({ ...values, from: moment(values.from), to: moment(values.to), size: Number(values.size), seed: values.seed ? Number(values.seed) : undefined }),
    });
  }

  doings() {
    return may('quality') ? html`<button class="primary" data-do="new" @click=${() => this.#draw()}>${icon('plus')}${t('sample.new')}</button>` : nothing;
  }

  #thing(sample, id) {
    return sample.of === 'tickets' ? caseLink(id) : html`<a class="mono" href=${href('device', id)}>${id}</a>`;
  }

  columns() {
    return [
      ['sample.id', (one) => html`<span class="mono">${one.id}</span>`], ['check.at', (one) => day(one.at), 'nowrap'], ['sample.of', (one) => term('sampleOf', one.of), 'nowrap'],
      ['sample.drawn', (one) => html`<span class="row">${one.drawn.map((id) => this.#thing(one, id))}</span>`, 'wide'],
      ['sample.population', (one) => t('sample.share', { drawn: number(one.drawn.length), of: number(one.population) }), 'nowrap'], ['sample.seed', (one) => one.seed, 'mono'], ['check.by', (one) => one.by, 'nowrap'],
      [null, (one) => (may('quality') ? html`<button class="plain" @click=${() => checkDialog(() => {}, { sample: one.id, kind: one.of === 'devices' ? 'product' : 'call-review' })}>${t('check.new')}</button>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-quality-samples', QualitySamples);
