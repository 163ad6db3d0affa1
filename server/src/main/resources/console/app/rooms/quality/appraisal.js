import { html } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { current, href, stay } from '../../core/router.js';
import { number } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { share } from './figures.js';
import { readCsv } from './csv.js';

const DAY_MS = 86_400_000;
const day = (at) => new Date(at).toISOString().slice(0, 10);

/** The figures for the appraisal of each engineer in a span of time; the same as the file to take along. */
class Appraisal extends View {
  #load = new Load(this, async (signal) => readCsv((await api.get(withQuery('/engineer-appraisal', this.#span()), { signal })).text ?? ''));

  opened() {
    this.#load.restart();
  }

  updated() {
    title(t('nav.appraisal'));
  }

  #span() {
    const { query } = current();
    return { from: query.get('from') ?? day(Date.now() - 90 * DAY_MS), to: query.get('to') ?? day(Date.now() + DAY_MS) };
  }

  #ask(change) {
    stay('appraisal', null, { ...this.#span(), ...change });
    this.#load.run();
    this.requestUpdate();
  }

  render() {
    const span = this.#span();
    return html`<div class="page">
      <div class="crumb"><a href=${href('quality')}>${icon('back')}${t('nav.quality')}</a></div>
      <header class="head"><h1>${t('nav.appraisal')}</h1>
        <input class="slim" type="date" aria-label=${t('sample.from')} .value=${span.from} @change=${(event) => this.#ask({ from: event.target.value })}>
        <input class="slim" type="date" aria-label=${t('sample.to')} .value=${span.to} @change=${(event) => this.#ask({ to: event.target.value })}>
        <a class="button" download href=${`/api/v1${withQuery('/engineer-appraisal', span)}`}>${icon('down')}CSV</a></header>
      <div class="card">${show(this.#load, (rows) => (rows.length ? plainTable([
        ['survey.engineer', (one) => html`<a href=${href('engineer', one.engineer)}>${one.engineer}</a>`, 'wide'], ['appraisal.level', (one) => term('engineerLevel', one.level), 'nowrap'], ['group.region', (one) => one.region || '–', 'nowrap'],
        ['appraisal.done', (one) => number(Number(one.done)), 'num'], ['appraisal.failed', (one) => number(Number(one.failed)), 'num'],
        ['figure.firstTimeFix', (one) => (one.first_time_fix_rate === '' ? '–' : share(Number(one.first_time_fix_rate))), 'num'],
        ['appraisal.hours', (one) => number(Math.round(Number(one.minutes) / 6) / 10), 'num'], ['figure.satisfaction', (one) => (one.satisfaction === '' ? '–' : Number(one.satisfaction).toFixed(2)), 'num'],
      ], rows) : empty('people', t('appraisal.empty'), t('appraisal.empty.next'))))}</div>
    </div>`;
  }
}

customElements.define('ac-appraisal', Appraisal);
