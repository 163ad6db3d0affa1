import { t } from '../../core/i18n.js';
import { filled, moment } from '../../ui/edit.js';

/** What a form for a new campaign says, as the server wants it; pure, so that preview, summary and creation agree. */

/** A stage of the form: `{amount, unit: 'percent' | 'count', manual}`. */
export const STAGES = [{ amount: '5', unit: 'percent', manual: false }, { amount: '25', unit: 'percent', manual: false }, { amount: '100', unit: 'percent', manual: false }];

/** What is wrong with the stages, in words, or null. */
export function stagesWrong(stages) {
  const percents = stages.filter((one) => one.unit === 'percent').map((one) => Number(one.amount));
  const counts = stages.filter((one) => one.unit === 'count').map((one) => Number(one.amount));
  if ([...percents, ...counts].some((amount) => !(amount > 0)) || percents.some((amount, i) => amount > 100 || amount <= (percents[i - 1] ?? 0)) || percents.at(-1) !== 100) return t('campaign.stages.wrong');
  return null;
}

/** An ISO 8601 duration of so many minutes; none for nothing. */
const minutes = (value) => (value ? `PT${Number(value)}M` : undefined);
const share = (value) => (value === '' || value === undefined ? undefined : Number(value) / 100);
const count = (value) => (value ? Number(value) : undefined);
const some = (object) => (Object.values(object).some((value) => value !== undefined) ? object : undefined);

/** The body of `POST /campaigns`; without a name it takes the usual one. */
export function draftOf(values, stages, usualName) {
  const gate = filled({
    success: share(values.success), error: share(values.error), minimum: count(values.minimum), soak: minutes(values.soak), action: values.action, alpha: share(values.alpha),
    metrics: values.metrics?.trim() ? values.metrics.split(/[,\s，]+/).filter(Boolean) : undefined,
  });
  const rate = some({ devicesPerMinute: count(values.perMinute), bytesPerSecond: values.megabytes ? Math.round(Number(values.megabytes) * 1_000_000) : undefined });
  return filled({
    name: values.name.trim() || usualName, release: values.release, target: values.target?.trim(), mode: values.mode,
    stages: stages.map((one) => filled({ [one.unit]: Number(one.amount), start: one.manual ? 'manual' : undefined })),
    gate: some(gate), rate: rate && filled(rate),
    window: values.windowStart ? { start: values.windowStart, duration: `PT${Number(values.windowHours || 1)}H`, zone: values.zone } : undefined,
    deadline: values.deadline ? moment(values.deadline) : undefined,
    confirm: values.confirm ? true : undefined, draft: values.draft ? true : undefined,
  });
}
