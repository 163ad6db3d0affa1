import { lang, t } from './i18n.js';

const MINUTE = 60_000;
const DAY = 86_400_000;
const UNITS = [
  ['day', DAY],
  ['hour', 3_600_000],
  ['minute', MINUTE],
];

function locale() {
  return lang() === 'zh' ? 'zh-CN' : 'en-GB';
}

/** A moment as epoch milliseconds, from ISO text, a number of milliseconds, or nothing. */
export function millis(moment) {
  if (moment == null || moment === '') return null;
  const value = typeof moment === 'number' ? moment : Date.parse(moment);
  return Number.isFinite(value) ? value : null;
}

/** "21 Nov, 20:44:06": exact, in the reader's own zone. */
export function exact(moment) {
  const at = millis(moment);
  if (at == null) return '–';
  return new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(at);
}

/** "21 Nov, 20:44": where seconds say too much, in the reader's own zone. */
export function toTheMinute(moment) {
  const at = millis(moment);
  if (at == null) return '–';
  return new Intl.DateTimeFormat(locale(), { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }).format(at);
}

/** "21 Nov 2026": the day, in the reader's own zone. */
export function day(moment) {
  const at = millis(moment);
  if (at == null) return '–';
  return new Intl.DateTimeFormat(locale(), { year: 'numeric', month: 'short', day: 'numeric' }).format(at);
}

/** "3 minutes ago", "in 2 hours"; under a minute "just now". */
export function relative(moment, now = Date.now()) {
  const at = millis(moment);
  if (at == null) return '–';
  const words = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto', style: 'short' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(at - now) >= size) return words.format(Math.trunc((at - now) / size), unit);
  }
  return at > now + 5_000 ? t('time.soon') : t('time.now');
}

/** A number with as many digits as it deserves: 201.5, 0.0132, 1,204,331. */
export function number(value) {
  if (value == null || value === '') return '–';
  if (typeof value !== 'number') return String(value);
  return new Intl.NumberFormat(locale(), { maximumSignificantDigits: Math.abs(value) >= 1000 ? 9 : 4, maximumFractionDigits: 2, roundingPriority: 'lessPrecision' }).format(value);
}

export function percent(part, whole) {
  return whole > 0 ? `${Math.round((100 * part) / whole)} %` : '–';
}

const SPAN = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/;
const SPAN_UNITS = ['day', 'hour', 'minute', 'second'];

/** "PT1H30M" as "1 hr 30 min"; what is no ISO 8601 duration is shown as it is. */
export function span(iso) {
  const parts = SPAN.exec(iso)?.slice(1).map(Number);
  if (!parts) return String(iso);
  const words = SPAN_UNITS.map((unit, i) => [unit, parts[i]]).filter(([unit, count]) => count > 0 || (unit === 'second' && !parts.some((one) => one > 0)));
  return words.map(([unit, count]) => new Intl.NumberFormat(locale(), { style: 'unit', unit, unitDisplay: 'short' }).format(count || 0)).join(' ');
}

/** "PT1H30M" as milliseconds; nothing for what is no ISO 8601 duration. */
export function spanMillis(iso) {
  const parts = SPAN.exec(iso)?.slice(1).map((one) => Number(one ?? 0));
  return parts ? (((parts[0] * 24 + parts[1]) * 60 + parts[2]) * 60 + parts[3]) * 1000 : null;
}

/** 16777216 as "16.8 MB". */
export function bytes(count) {
  if (count == null) return '–';
  const step = Math.min(4, Math.max(0, Math.floor(Math.log10(Math.max(1, count)) / 3)));
  return `${number(Number((count / 1000 ** step).toPrecision(3)))} ${['B', 'kB', 'MB', 'GB', 'TB'][step]}`;
}

/** 1204.5 as "1,204.50": an amount in the one currency of the installation. */
export function money(amount) {
  if (amount == null) return '–';
  return new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
}

/** "09:00", in the reader's own zone. */
export function hour(moment) {
  return new Intl.DateTimeFormat(locale(), { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(millis(moment));
}

/** "2026-11-23" as "23 Nov": a day of a calendar, which has no zone. */
export function dateWords(date) {
  return new Intl.DateTimeFormat(locale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(Date.parse(date));
}

/** "2026-11-23" as "Mon". */
export function weekdayWords(date) {
  return new Intl.DateTimeFormat(locale(), { weekday: 'short', timeZone: 'UTC' }).format(Date.parse(date));
}

/** "Mon 23 Nov", in the reader's own zone. */
export function weekday(moment) {
  return new Intl.DateTimeFormat(locale(), { weekday: 'short', day: 'numeric', month: 'short' }).format(millis(moment));
}

/** "Mon 23 Nov, 09:00–11:00"; one of a day or more says on which it ends. Chinese sets no comma between a day and its time. */
export function slot(from, until) {
  const then = lang() === 'zh' ? ' ' : ', ';
  const short = new Date(until) - new Date(from) < DAY;
  return `${weekday(from)}${then}${hour(from)}–${short ? '' : `${weekday(until)}${then}`}${hour(until)}`;
}

/** A case as people call it, T-000012, from its id or its number. */
export function caseNumber(id) {
  return /^\d+$/.test(id) ? `T-${String(id).padStart(6, '0')}` : String(id);
}
