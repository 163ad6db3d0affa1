import { span } from '../../core/format.js';
import { t } from '../../core/i18n.js';

/** The clocks of a case, in the order in which they run. */
export const CLOCKS = ['first-response', 'contact', 'assessment', 'handling', 'on-site', 'inspection', 'resolution'];
export const UNITS = ['minutes', 'hours', 'openHours', 'workingDays', 'none'];
const PER_MINUTE = { minutes: 1, hours: 60, openHours: 60 };
const LENGTH = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?)?$/;

/** Minutes of a length of time such as PT2H30M. */
function minutesOf(iso) {
  const [, days, hours, minutes] = LENGTH.exec(iso) ?? [];
  return Number(days ?? 0) * 1440 + Number(hours ?? 0) * 60 + Number(minutes ?? 0);
}

/** A promise as an amount and its unit, for a form. */
export function amountOf(promise) {
  if (!promise) return { amount: '', unit: 'hours' };
  if (promise.none) return { amount: '', unit: 'none' };
  if (promise.workingDays) return { amount: promise.workingDays, unit: 'workingDays' };
  const minutes = minutesOf(promise.target);
  if (promise.count === 'business') return { amount: minutes / 60, unit: 'openHours' };
  return minutes % 60 ? { amount: minutes, unit: 'minutes' } : { amount: minutes / 60, unit: 'hours' };
}

/** The promise that an amount and a unit are; nothing where a rule does not speak of the clock. */
export function promiseOf(amount, unit) {
  if (unit === 'none') return { none: true };
  if (amount === '') return undefined;
  if (unit === 'workingDays') return { workingDays: Number(amount) };
  return { target: `PT${Math.round(Number(amount) * PER_MINUTE[unit])}M`, ...(unit === 'openHours' ? { count: 'business' } : {}) };
}

/** A promise in words: "2 hrs", "8 hrs of open time", "1 working day". */
export function promiseWords(promise) {
  if (!promise) return '';
  if (promise.none) return t('promise.none');
  if (promise.workingDays) return promise.workingDays === 1 ? t('promise.day') : t('promise.days', { n: promise.workingDays });
  const minutes = minutesOf(promise.target);
  const words = span(minutes % 60 ? `PT${Math.floor(minutes / 60)}H${minutes % 60}M` : `PT${minutes / 60}H`);
  return promise.count === 'business' ? t('promise.open', { time: words }) : words;
}
