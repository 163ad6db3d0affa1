import { lang, t } from '../../core/i18n.js';
import { en } from './rule-words-en.js';

const KEYS = new Map(Object.entries(en).map(([key, title]) => [title, key]));

/** The title of a case: that of a ready-made rule in the reader's language, with the day that a forecast names; any other as it was written. */
export function caseTitle({ title }) {
  const [rule, ...more] = title.split(': ');
  const key = lang() === 'en' ? null : KEYS.get(rule);
  if (!key) return title;
  if (!more.length) return t(key);
  const day = / is expected to reach .* on (\d{4}-\d\d-\d\d)/.exec(more.join(': '))?.[1];
  return day ? t('title.by', { title: t(key), day }) : title;
}
