import { millis, number, percent } from '../../core/format.js';
import { t } from '../../core/i18n.js';

const PERCENT = 100;

/** A line of the health gate as a chart of both groups; shares as percent. */
export function healthChart(line, until) {
  const fault = line.kind === 'fault';
  const of = (group) => line.points.filter((point) => point[group] != null).map((point) => [millis(point.at), point[group] * (fault ? PERCENT : 1)]);
  const points = of('updated');
  const waiting = of('waiting');
  const times = line.points.map((point) => millis(point.at));
  return {
    title: fault ? t('health.share') : line.name, unit: fault ? '%' : '', points, from: times[0] ?? until, to: until,
    others: { points: waiting, label: t('health.waiting'), own: t('health.updated') }, limits: {}, plainLimits: true, faults: [], marks: [],
  };
}

const LEAST = 0.01;

/** A small share as percent, with its decimals; what is too small for them is not shown as nothing. */
export const share = (value) => (value > 0 && PERCENT * value < LEAST ? `< ${number(LEAST)} %` : `${number(PERCENT * value)} %`);

const signed = (value) => `${value > 0 ? '+' : ''}${number(Number(value.toPrecision(3)))}`;

/** A group in words: how many have the fault, or how the metric changed; `sure` says the interval too. */
export function sideWords(one, side, sure = false) {
  if (!side.devices) return t('health.nobody');
  if (one.kind === 'fault') return t(sure ? 'health.side.fault' : 'health.side.affected', { affected: side.affected, devices: side.devices, low: percent(side.low, 1), high: percent(side.high, 1) });
  return t(sure ? 'health.side.metric' : 'health.side.changed', { value: signed(side.value), low: signed(side.low), high: signed(side.high), devices: side.devices });
}
