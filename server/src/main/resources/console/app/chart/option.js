import { high, low, middle, valueAxis, withGaps } from './points.js';
import { number } from '../core/format.js';
import { term } from '../core/i18n.js';

const LABEL_ROOM = 0.16;
const MARK_ROOM = 0.012;
const EDGE = 0.08;
const EDGE_SHIFT_PX = 16;
const MARK_COLOUR = { fault: 'critical', recovered: 'good', ota: 'proactive', reboot: 'warning', boot: 'warning', action: 'info', ticket: 'info', crash: 'critical' };

function thresholdLines({ limits, plainLimits }, axis, paint) {
  const colour = plainLimits ? paint.muted : paint.critical;
  return [limits.low, limits.high].filter((value) => Number.isFinite(value) && value > axis.min && value < axis.max).map((value) => ({
    yAxis: value,
    lineStyle: { color: colour, type: 'dashed', width: 1 },
    label: { formatter: String(value), position: 'insideEndTop', color: colour, fontSize: 11, distance: 2 },
  }));
}

/** Marks that would be drawn on top of each other become one, the first. */
function apart({ marks, from, to }) {
  let last = -Infinity;
  return marks.filter((mark) => {
    if (mark.at < from || mark.at > to || mark.at - last < (to - from) * MARK_ROOM) return false;
    last = mark.at;
    return true;
  });
}

/** Which marks get their words: a fault before the rest, and none so close to another that they would cover each other. */
function spoken(marks, span) {
  const rank = (mark) => (mark.kind === 'fault' ? 0 : mark.kind === 'ota' ? 1 : 2);
  const chosen = [];
  for (const mark of [...marks].sort((a, b) => rank(a) - rank(b) || a.at - b.at)) {
    if (chosen.every((other) => Math.abs(other.at - mark.at) > span * LABEL_ROOM)) chosen.push(mark);
  }
  return chosen;
}

/** A mark of an event is a vertical line with a word above it, as far as there is room. */
function eventLines(chart, paint) {
  const { from, to } = chart;
  const marks = apart(chart);
  const worded = spoken(marks, to - from);
  return marks.map((mark) => {
    const colour = paint[MARK_COLOUR[mark.kind] ?? 'muted'];
    const atEdge = mark.at - from < (to - from) * EDGE;
    return {
      xAxis: mark.at,
      lineStyle: { color: colour, width: 1.2, type: 'solid' },
      label: { show: worded.includes(mark), formatter: term('mark', mark.kind), color: colour, fontSize: 11, position: 'end', distance: 2, offset: atEdge ? [EDGE_SHIFT_PX, 0] : [0, 0] },
    };
  });
}

/** Beyond a threshold, and while a fault lasted. The range that a product states is drawn as lines alone: it is no alarm. */
function areas({ limits, plainLimits, faults, to }, axis, paint) {
  const beyond = { itemStyle: { color: paint.critical, opacity: 0.07 } };
  const all = [];
  if (!plainLimits && Number.isFinite(limits.high) && limits.high < axis.max) all.push([{ yAxis: limits.high, ...beyond }, { yAxis: axis.max }]);
  if (!plainLimits && Number.isFinite(limits.low) && limits.low > axis.min) all.push([{ yAxis: limits.low, ...beyond }, { yAxis: axis.min }]);
  for (const fault of faults) all.push([{ xAxis: fault.from, itemStyle: { color: paint.critical, opacity: 0.1 } }, { xAxis: fault.to ?? to }]);
  return all;
}

/** The spread between the smallest and the largest value of each point: two stacked lines, the lower of them unseen. */
function spread(points, paint) {
  const hidden = { type: 'line', stack: 'spread', stackStrategy: 'all', symbol: 'none', silent: true, lineStyle: { opacity: 0 }, animation: false, tooltip: { show: false } };
  const wide = points.some((point) => point[1] != null && high(point) > low(point));
  const data = wide ? points : [];
  return [
    { ...hidden, id: 'least', data: data.map((point) => [point[0], point[1] == null ? null : low(point)]) },
    { ...hidden, id: 'width', areaStyle: { color: paint.accent, opacity: 0.16 }, data: data.map((point) => [point[0], point[1] == null ? null : high(point) - low(point)]) },
  ];
}

/** Everything ECharts needs for one metric over time. Pure: the same chart and colours give the same option. */
export function option(chart, paint) {
  const others = chart.others?.points ?? [];
  const axis = valueAxis([...chart.points, ...others], [chart.limits.low, chart.limits.high].filter(Number.isFinite), chart.plainLimits);
  const points = withGaps(chart.points);
  return {
    animation: false,
    textStyle: { fontFamily: 'inherit' },
    grid: { left: 48, right: 12, top: 22, bottom: 24 },
    xAxis: {
      type: 'time', min: chart.from, max: chart.to, axisLine: { lineStyle: { color: paint.line } }, axisTick: { show: false },
      axisLabel: { color: paint.muted, fontSize: 11, hideOverlap: true }, splitLine: { show: false },
    },
    yAxis: { type: 'value', ...axis, axisLabel: { color: paint.muted, fontSize: 11, formatter: (value) => number(Number(value.toPrecision(9))) }, splitLine: { lineStyle: { color: paint.line } } },
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: paint.muted } },
    series: [
      ...spread(points, paint),
      {
        id: 'value', type: 'line', showSymbol: chart.points.length === 1, symbolSize: 5, connectNulls: false,
        lineStyle: { color: paint.accent, width: 1.7 }, itemStyle: { color: paint.accent },
        data: points.map((point) => [point[0], point[1] == null ? null : middle(point)]),
        markLine: { silent: true, symbol: 'none', animation: false, data: [...thresholdLines(chart, axis, paint), ...eventLines(chart, paint)] },
        markArea: { silent: true, animation: false, data: areas(chart, axis, paint) },
      },
      {
        id: 'others', type: 'line', showSymbol: others.length === 1, symbolSize: 5, connectNulls: false, silent: true,
        lineStyle: { color: paint.muted, width: 1.7, type: 'dashed' }, itemStyle: { color: paint.muted },
        data: withGaps(others).map((point) => [point[0], point[1] == null ? null : middle(point)]),
      },
    ],
  };
}
