import { day } from '../../core/format.js';
import { t } from '../../core/i18n.js';

const DAYS = ['on', 'from', 'until'];

/** What stands against something, in the reader's language: the server says it by code; one that is not known here is told in the server's own words. */
export function causeWords({ code, values, text }) {
  const key = `cause.${code}`;
  const words = t(key, { ...values, ...Object.fromEntries(DAYS.filter((name) => values[name]).map((name) => [name, day(values[name])])) });
  return words === key ? text : words;
}

/** Several of them in one line. */
export function causesWords(causes) {
  return causes.map(causeWords).join(t('cause.and'));
}
