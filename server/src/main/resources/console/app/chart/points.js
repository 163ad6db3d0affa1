/** What a chart needs to know of its points, apart from any drawing. A point is `[ts, min, avg, max, count]`, or `[ts, value]` when raw. */

const GAP_FACTOR = 4;

export const low = (point) => point[1];
export const middle = (point) => (point.length > 2 ? point[2] : point[1]);
export const high = (point) => (point.length > 3 ? point[3] : point[1]);

/** The usual distance of two points, in milliseconds: the median, which a few gaps do not move. */
export function usualStep(points) {
  const steps = [];
  for (let i = 1; i < points.length; i++) steps.push(points[i][0] - points[i - 1][0]);
  steps.sort((a, b) => a - b);
  return steps[steps.length >> 1] ?? 0;
}

/** The points with a hole (`null`) wherever the device was silent much longer than usual: a line must not pretend to know. */
export function withGaps(points) {
  const longest = usualStep(points) * GAP_FACTOR;
  const all = [];
  points.forEach((point, i) => {
    const before = points[i - 1];
    if (before && longest > 0 && point[0] - before[0] > longest) all.push([before[0] + 1, null]);
    all.push(point);
  });
  return all;
}

function niceStep(span) {
  const raw = span / 4;
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((step) => step >= raw);
}

/** Limits far from what is measured would flatten the line; only those within this many spans of it are shown. */
const NEAR_SPANS = 0.5;

function nearLimits(limits, least, most) {
  const reach = NEAR_SPANS * Math.max(most - least, Math.abs(most) * 0.02);
  return limits.filter((limit) => limit >= least - reach && limit <= most + reach);
}

/** The value axis: wide enough for the points and the limits (all of them, or those `near`), with round ends. */
export function valueAxis(points, limits, near) {
  const values = points.flatMap((point) => [low(point), high(point)]).filter(Number.isFinite);
  if (!values.length) return { min: 0, max: 1, interval: 0.5 };
  let least = values.reduce((a, b) => Math.min(a, b));
  let most = values.reduce((a, b) => Math.max(a, b));
  if (least === 0 && most === 0) return { min: 0, max: 1, interval: 0.5 };
  const floor = least >= 0 ? 0 : -Infinity;
  const shown = near ? nearLimits(limits, least, most) : limits;
  least = Math.min(least, ...shown);
  most = Math.max(most, ...shown);
  if (most - least <= Math.abs(most) * 1e-6) {
    const room = Math.max(Math.abs(most) * 0.05, 0.5);
    least = Math.max(floor, least - room);
    most += room;
  }
  const interval = niceStep(most - least);
  if (shown.includes(most)) most += interval / 2;
  if (shown.includes(least) && least > floor) least -= interval / 2;
  return { min: Math.max(floor, Math.floor(least / interval) * interval), max: Math.ceil(most / interval - 1e-9) * interval, interval };
}

/** The point nearest to a moment, or null. */
export function nearest(points, moment) {
  let best = null;
  for (const point of points) {
    if (!best || Math.abs(point[0] - moment) < Math.abs(best[0] - moment)) best = point;
  }
  return best;
}
