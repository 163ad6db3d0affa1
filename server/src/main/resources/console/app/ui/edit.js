import { api, ApiError } from '../core/api.js';
import { t } from '../core/i18n.js';
import { ask } from './dialog.js';
import { complain, say } from './toast.js';

const SHORT = 80;
const KEPT = new Set(['version', 'savedAt', 'savedBy', 'updatedAt']);

function short(value) {
  const text = typeof value === 'string' ? value : JSON.stringify(value) ?? '–';
  return text.length > SHORT ? `${text.slice(0, SHORT)}…` : text;
}

/** What of a thing is otherwise than it was, for who lost the race: `[{field, message}]`. */
export function changes(before, after) {
  return Object.keys({ ...before, ...after })
    .filter((name) => !KEPT.has(name) && JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => ({ field: name, message: t('race.now', { value: short(after[name]) }) }));
}

/**
 * Opens a form on a thing that others may change too. It is read from `path` (or is `known`, with its version), `body(thing, again)` draws the
 * fields, and `change(values, thing, form)` says what is sent to `to` (`path` unless said) by `method`. Where somebody else was faster, their
 * changes are told, what was typed stays, and saving again puts it over theirs. `of` picks the part of the thing that people edit.
 */
export async function edit({ title, path, known, read = () => api.read(path), of = (thing) => thing, body, change, method = 'put', to = path, shape, confirm, words, done }) {
  let now;
  try {
    now = known ? { data: known, etag: `"${known.version}"` } : await read();
  } catch (failure) {
    complain(failure);
    return;
  }
  const first = of(now.data);
  ask({
    title, shape, confirm: confirm ?? t('action.save'),
    body: (again) => body(first, again),
    submit: async (values, form) => {
      try {
        await api[method](to, change(values, first, form), { etag: now.etag });
      } catch (failure) {
        if (failure.status !== 412 || known) throw failure;
        const before = of(now.data);
        now = await read();
        throw new ApiError(412, { title: t('race.title'), detail: t('race.kept'), errors: changes(before, of(now.data)) }, failure.correlation);
      }
      say(words ?? t('action.saved'));
      await done?.();
    },
  });
}

/**
 * Opens a form that makes or moves something: what it says is sent to `path` by POST, without fields left empty, or as `send(values, form)` does it.
 * `done` is called with the answer.
 */
export function act({ title, path, body = () => '', change = (values) => values, send = (values, form) => api.post(path, filled(change(values, form))), confirm, danger, shape, words, done }) {
  ask({
    title, body, confirm: confirm ?? t('action.save'), danger, shape,
    submit: async (values, form) => {
      const answer = await send(values, form);
      say(words ?? t('action.saved'));
      await done?.(answer);
    },
  });
}

/** Does what needs no form; its failure is told. */
export async function run(work, words, undo) {
  try {
    const answer = await work();
    say(words ?? t('action.saved'), undo);
    return answer;
  } catch (failure) {
    complain(failure);
    return null;
  }
}

/** Without what was left empty. */
export function filled(values) {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '' && value !== undefined));
}

/** The moment of a field `datetime-local`, or of a day, as the server wants it. */
export function moment(value) {
  return value ? new Date(value).toISOString() : undefined;
}

/** A moment for a field `datetime-local`, in the reader's zone. */
export function local(iso) {
  if (!iso) return '';
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** What stands in a field of lines, one a line or apart by commas. */
export function lines(text) {
  return (text ?? '').split(/[\n,，;；]/).map((one) => one.trim()).filter(Boolean);
}
