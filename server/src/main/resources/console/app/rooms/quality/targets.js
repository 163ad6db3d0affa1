import { t } from '../../core/i18n.js';
import { edit } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';

const NUMBERS = ['responseMinutes', 'resolutionMinutes', 'attainment', 'firstTimeFix', 'fixRate', 'satisfaction'];
const SHARES = new Set(['attainment', 'firstTimeFix', 'fixRate']);

function one(name, targets) {
  const percent = SHARES.has(name);
  const value = targets[name] == null ? '' : percent ? Math.round(targets[name] * 1000) / 10 : targets[name];
  const bounds = percent ? { min: 0, max: 100, step: 0.1 } : name === 'satisfaction' ? { min: 1, max: 5, step: 0.1 } : { min: 0, step: 1 };
  return field({ label: t(`target.${name}`), name, type: 'number', value, ...bounds });
}

/** What was typed, as the server holds it; an empty field is no target. */
export function targetsOf(values) {
  const number = (name) => (values[name] === '' ? null : SHARES.has(name) ? Number(values[name]) / 100 : Number(values[name]));
  return { ...Object.fromEntries(NUMBERS.map((name) => [name, number(name)])), zone: values.zone };
}

/** Asks what the desk wants of itself. */
export function targetsDialog(done) {
  edit({
    title: t('kpis.targets'), path: '/kpi-targets', done,
    body: (targets) => [
      ...[0, 2, 4].map((at) => pair(one(NUMBERS[at], targets), one(NUMBERS[at + 1], targets))),
      field({ label: t('target.zone'), name: 'zone', value: targets.zone, required: true, hint: t('target.zone.hint') }),
    ],
    change: targetsOf,
  });
}
