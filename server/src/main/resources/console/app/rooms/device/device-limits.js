import { limitsIn } from '../../chart/limits.js';
import { listed, READERS } from './device-read.js';

const RULES_MAX = 500;

function concerns(rule, model) {
  const models = [rule.models ?? []].flat();
  return rule.enabled !== false && !rule.parked && (!models.length || models.some((one) => one === model || (one.endsWith('*') && model.startsWith(one.slice(0, -1)))));
}

/** Whether a rule's condition is about a metric. */
function speaksOf(rule, metric) {
  return new RegExp(`(^|[^\\w.])${metric.replaceAll(/[^\w]/g, '\\$&')}($|[^\\w])`).test(rule.when);
}

/**
 * What rules in force for a model say of its metrics: `limits`, the narrowest of each, and `of`, the metrics by rule, so that a fault is shown where it
 * was seen. Nothing for who may not read rules.
 */
export async function ruleLimits(model, metrics, signal) {
  const items = await listed(READERS.rules, `/rules?limit=${RULES_MAX}`, signal);
  const limits = {};
  for (const rule of items.filter((one) => concerns(one, model))) {
    for (const metric of metrics) {
      const { low, high } = limitsIn(rule.when, metric);
      const known = (limits[metric] ??= {});
      if (low != null) known.low = Math.max(low, known.low ?? -Infinity);
      if (high != null) known.high = Math.min(high, known.high ?? Infinity);
    }
  }
  return { limits, of: new Map(items.map((rule) => [rule.id, metrics.filter((metric) => speaksOf(rule, metric))])) };
}

/** What a chart draws as limits: those of rules as a band, else the range that the product states as plain lines. */
export function limitsFor(metric, rules, product) {
  const ruled = rules.limits[metric] ?? {};
  if (ruled.low != null || ruled.high != null) return { limits: ruled, plainLimits: false };
  const known = (product.metrics ?? []).find((one) => one.name === metric) ?? {};
  return { limits: { low: known.min ?? undefined, high: known.max ?? undefined }, plainLimits: true };
}
