import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { current, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { spark } from '../../chart/spark.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { FIGURES, figureColumns, met, named } from './figures.js';
import { targetsDialog } from './targets.js';

const DAY_MS = 86_400_000;
const SPANS = ['7', '30', '90', '365'];
const GROUPS = ['region', 'outlet', 'model', 'person'];
const GATHER_MS = 10_000;
/** Where the cases behind a group are listed, by the filter of the queue. */
const DRILL = { region: 'region', model: 'model', person: 'owner' };
const day = (at) => new Date(at).toISOString().slice(0, 10);
/** Up to the day after tomorrow: days begin in the zone of the targets, which may be a day ahead of this one. */
const between = (span) => ({ from: day(Date.now() - span * DAY_MS), to: day(Date.now() + 2 * DAY_MS) });

/** The figures of the desk against what it wants of itself, and by region, outlet, model or person. */
class Kpis extends View {
  #load = new Load(this, async (signal) => {
    const { span, by } = this.#asked();
    const [kpis, report] = await Promise.all([
      api.get(withQuery('/kpis', { ...between(span), by }), { signal }),
      api.get('/reports/quality', { signal }),
    ]);
    return { kpis, trend: report.trend };
  });
  #reload = gather(() => this.#load.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name) => ['reset', 'ticket.changed'].includes(name) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.#load.restart();
  }

  #asked() {
    const { query } = current();
    return { span: SPANS.includes(query.get('span')) ? query.get('span') : '30', by: GROUPS.includes(query.get('by')) ? query.get('by') : 'region' };
  }

  #ask(change) {
    stay('kpis', null, { ...this.#asked(), ...change });
    this.#load.run();
    this.requestUpdate();
  }

  updated() {
    title(t('nav.kpis'));
  }

  #tile(figure, { kpis, trend }) {
    const wanted = kpis.targets[figure.target];
    const good = met(figure, kpis.all, kpis.targets);
    return html`<li class="tile ${good === false ? 'missed' : ''}" data-figure=${figure.name}>
      <span class="muted">${t(`figure.${figure.name}`)}</span>
      <b>${figure.show(kpis.all[figure.name])}</b>
      <span class="small ${good === null ? 'muted' : good ? 'tone-good' : 'tone-critical'}">${good === null ? nothing : icon(good ? 'done' : 'alert')}
        ${wanted == null ? t('figure.untargeted') : t(figure.less ? 'figure.atMost' : 'figure.atLeast', { wanted: figure.show(wanted) })}</span>
      ${spark(trend.map((one) => one.figures[figure.name]), t('figure.trend', { figure: t(`figure.${figure.name}`), months: trend.length }))}
    </li>`;
  }

  #groups({ kpis }, by) {
    const columns = figureColumns(`group.${by}`, kpis.targets);
    if (DRILL[by]) columns.push([null, (one) => (one.name ? html`<a class="nowrap" href=${href('queue', null, { [DRILL[by]]: one.name })}>${t('kpis.cases')}</a>` : nothing)]);
    return kpis.groups.length ? plainTable(columns, named(kpis.groups), { caption: t(`group.by.${by}`) }) : empty('chart', t('kpis.empty'), t('kpis.empty.next'));
  }

  render() {
    const { span, by } = this.#asked();
    const tabs = html`<div class="tabs right">${GROUPS.map((one) => html`<button aria-pressed=${one === by} @click=${() => this.#ask({ by: one })}>${t(`group.${one}`)}</button>`)}</div>`;
    return html`<div class="page">
      <header class="head"><h1>${t('nav.kpis')}</h1>
        <div class="tabs">${SPANS.map((one) => html`<button aria-pressed=${one === span} @click=${() => this.#ask({ span: one })}>${t('kpis.days', { n: one })}</button>`)}</div>
        <a class="button" download href=${`/api/v1${withQuery('/kpis', { ...between(span), by, format: 'csv' })}`}>${icon('down')}CSV</a>
        ${may('quality') ? html`<button data-do="targets" @click=${() => targetsDialog(() => this.#load.run())}>${icon('edit')}${t('kpis.targets')}</button>` : nothing}
      </header>
      ${show(this.#load, (value) => html`<div class="stack"><ul class="tiles">${FIGURES.map((one) => this.#tile(one, value))}</ul>
        <p class="muted small">${t('kpis.note', { zone: value.kpis.targets.zone })}</p>
        ${card(t('kpis.groups'), this.#groups(value, by), { extra: tabs, flush: true })}</div>`)}
    </div>`;
  }
}

customElements.define('ac-kpis', Kpis);
