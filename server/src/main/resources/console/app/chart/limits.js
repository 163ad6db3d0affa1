/** The limits of one metric, from what a rule says: a number, `{value, op}`, `{low, high}`, or one of these by metric name. */
export function limitsOf(threshold, metric) {
  if (threshold == null) return {};
  if (typeof threshold === 'number') return { high: threshold };
  if (Array.isArray(threshold)) return limitsOf(threshold.find((one) => one.metric === undefined || one.metric === metric), metric);
  if (threshold.metric !== undefined && threshold.metric !== metric) return {};
  if (Object.hasOwn(threshold, metric)) return limitsOf(threshold[metric], metric);
  if (typeof threshold.value === 'number') return /^(<|lt|below)/.test(threshold.op ?? threshold.operator ?? '>') ? { low: threshold.value } : { high: threshold.value };
  return { low: threshold.low ?? threshold.min, high: threshold.high ?? threshold.max };
}

const COMPARED = /([A-Za-z_][\w.:/-]*)\s*(>=?|<=?)\s*(-?[\d.]+)/g;

/** The limits of one metric, from the plain comparisons of a condition such as `fuser_temp > 210.0 && rpm < 500`. */
export function limitsIn(condition, metric) {
  const limits = {};
  for (const [, name, operator, value] of (condition ?? '').matchAll(COMPARED)) {
    if (name === metric) limits[operator.startsWith('>') ? 'high' : 'low'] = Number(value);
  }
  return limits;
}
