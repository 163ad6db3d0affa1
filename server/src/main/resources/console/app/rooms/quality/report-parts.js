import { html, nothing } from 'lit';
import { money, number } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import '../../chart/pareto.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { plainTable } from '../../ui/table.js';
import { FIGURES, figureColumns, met, named, share } from './figures.js';

const GROUPS = [['byModel', 'group.model'], ['byRegion', 'group.region'], ['byOutlet', 'group.outlet']];

/** Whether a figure became better than in the period before: a word, not a colour alone. */
function change(figure, report) {
  const [now, before] = [report.figures[figure.name], report.previous[figure.name]];
  if (now == null || before == null || now === before || figure.name === 'cases') return nothing;
  const better = figure.less ? now < before : now > before;
  return html`<span class=${better ? 'tone-good' : 'tone-critical'}>${now > before ? '▲' : '▼'} ${t(better ? 'report.better' : 'report.worse')}</span>`;
}

function judged(figure, report) {
  const good = met(figure, report.figures, report.targets);
  return good === null ? nothing : html`<span class="badge ${good ? 'good' : 'critical'}">${icon(good ? 'done' : 'alert')}${t(good ? 'figure.met' : 'figure.missed')}</span>`;
}

function figures(report) {
  return card(t('report.figures'), plainTable([
    ['report.figure', (one) => t(`figure.${one.name}`), 'wide'],
    ['report.now', (one) => html`<b>${one.show(report.figures[one.name])}</b>`, 'num'],
    ['report.before', (one) => one.show(report.previous[one.name]), 'num'],
    ['report.change', (one) => change(one, report), 'nowrap'],
    ['report.target', (one) => (report.targets[one.target] == null ? '–' : one.show(report.targets[one.target])), 'num'],
    ['report.judged', (one) => judged(one, report), 'nowrap'],
  ], FIGURES), { flush: true });
}

function trend(report) {
  return card(t('report.trend'), plainTable([
    ['cost.period', (one) => one.period, 'nowrap'], ...figureColumns('x', report.targets).slice(1), ['rate.faults', (one) => number(one.faults), 'num'],
  ], report.trend), { flush: true });
}

function costs({ cost, costBefore }) {
  return card(t('report.costs'), plainTable([
    ['chart.name', (one) => one[0], 'wide'], ['report.now', (one) => money(one[1]), 'num'], ['report.before', (one) => money(one[2]), 'num'],
  ], [[t('cost.total'), cost.amount, costBefore.amount], [t('cost.perTicket'), cost.perTicket, costBefore.perTicket], ...Object.keys({ ...cost.byKind, ...costBefore.byKind }).map((kind) => [term('costKind', kind), cost.byKind[kind] ?? 0, costBefore.byKind[kind] ?? 0])]), { flush: true });
}

function reliability({ by, lines }) {
  if (!lines.length) return nothing;
  return card(t('report.reliability', { by: term('pareto', by) }), plainTable([
    ['chart.name', (one) => one.name || '–', 'wide'], ['rate.population', (one) => number(one.population), 'num'], ['rate.faults', (one) => number(one.faults), 'num'],
    ['rate.each', (one) => number(one.failureRate), 'num'], ['rate.stability', (one) => share(one.stability), 'num'], ['rate.mtbf', (one) => (one.mtbfHours == null ? '–' : number(Math.round(one.mtbfHours))), 'num'],
  ], lines), { flush: true });
}

function checks(report) {
  if (!report.checks.length) return nothing;
  return card(t('report.checks'), plainTable([
    ['group.outlet', (one) => one.outlet || '–', 'wide'], ['check.kind', (one) => term('checkKind', one.kind), 'nowrap'], ['report.count', (one) => number(one.checks), 'num'], ['check.mean', (one) => one.mean.toFixed(2), 'num'],
  ], report.checks), { flush: true });
}

function hot(report) {
  const again = report.hotSpots.filter((one) => one.complaints > 1);
  if (!again.length) return nothing;
  return card(t('causes.hot'), plainTable([
    ['rate.model', (one) => one.model || '–', 'nowrap'], ['complaint.class', (one) => term('complaintClass', one.kind), 'nowrap'], ['complaint.causeCode', (one) => one.cause || '–', 'wide'], ['rate.complaints', (one) => number(one.complaints), 'num'],
  ], again), { flush: true });
}

/** Everything a report says, in the order of its printed page. */
export function reportBody(report) {
  return html`${figures(report)}${trend(report)}
    ${GROUPS.map(([name, word]) => (report[name].length ? card(t(`report.${name}`), plainTable(figureColumns(word, report.targets), named(report[name])), { flush: true }) : nothing))}
    <div class="paretos">${report.paretos.filter((one) => one.total).map((one) => html`<section class="card body"><ac-pareto .bars=${one.bars} label=${t('causes.by', { by: term('pareto', one.by), total: number(one.total) })}></ac-pareto></section>`)}</div>
    <div class="columns even">${report.reliability.map(reliability)}</div>
    ${hot(report)}<div class="columns even">${costs(report)}${checks(report)}</div>`;
}
