import { html, nothing } from 'lit';
import { area, check, choice, field } from './field.js';
import { local, moment } from './edit.js';
import { number } from '../core/format.js';
import { t } from '../core/i18n.js';

/** What a schema's field is called in a form begins with this: the server names what it refuses in the same way. */
const PREFIX = 'params.';

/**
 * How a member of a JSON schema is filled in: `choice` of what is listed, `check`, `number`, `moment`, `text`, `choices` and `lines` for lists of
 * plain things, `group` for an object of known members, and `json` for all else.
 */
export function shapeOf(schema) {
  if (schema.enum || schema.const !== undefined) return 'choice';
  const type = [schema.type ?? (schema.properties ? 'object' : 'any')].flat().find((one) => one !== 'null');
  if (type === 'boolean') return 'check';
  if (type === 'integer' || type === 'number') return 'number';
  if (type === 'string') return schema.format === 'date-time' ? 'moment' : 'text';
  if (type === 'array' && schema.items?.enum) return 'choices';
  if (type === 'array' && ['text', 'number'].includes(shapeOf(schema.items ?? {}))) return 'lines';
  return type === 'object' && Object.keys(schema.properties ?? {}).length ? 'group' : 'json';
}

const isWhole = (schema) => [schema.type].flat().includes('integer');
const listed = (schema) => schema.enum ?? [schema.const];

/** "maxRetries" and "max_retries" as "max retries"; a title of the schema says it better. */
function wordsOf(name, schema) {
  return schema.title ?? name.replace(/([a-z\d])([A-Z])/g, (_, end, begin) => `${end} ${begin.toLowerCase()}`).replaceAll('_', ' ');
}

function boundsOf({ minimum: min, maximum: max }) {
  if (min != null && max != null) return t('schema.between', { min: number(min), max: number(max) });
  if (min != null) return t('schema.least', { min: number(min) });
  return max == null ? '' : t('schema.most', { max: number(max) });
}

function hintOf(schema, shape) {
  const how = { lines: t('schema.lines'), json: t('schema.json'), number: [boundsOf(schema), schema.unit].filter(Boolean).join(' ') }[shape];
  return [schema.description, how].filter(Boolean).join(' · ') || undefined;
}

function choices(name, schema, value, label) {
  return html`<fieldset class="plain"><legend>${label}</legend>${listed(schema.items).map((one) => check({ label: String(one), name: `${name}[${one}]`, checked: (value ?? schema.default)?.includes(one) }))}</fieldset>`;
}

/** One field of a form for one member of a JSON schema, called by its path. */
function fieldFor(name, schema, value, required, path) {
  const shape = shapeOf(schema);
  const label = wordsOf(name, schema);
  const common = { label, name: path, required, hint: hintOf(schema, shape), value: value ?? schema.default };
  switch (shape) {
    case 'choice':
      return choice({ ...common, options: listed(schema).map((one) => [one, String(one)]) });
    case 'check':
      return check({ ...common, checked: Boolean(common.value) });
    case 'number':
      return field({ ...common, type: 'number', step: isWhole(schema) ? '1' : 'any', min: schema.minimum, max: schema.maximum });
    case 'moment':
      return field({ ...common, type: 'datetime-local', value: local(common.value) });
    case 'text':
      return field({ ...common, maxlength: schema.maxLength });
    case 'choices':
      return choices(path, schema, value, label);
    case 'lines':
      return area({ ...common, value: common.value?.join('\n'), rows: 2 });
    case 'group':
      return html`<fieldset class="plain"><legend>${label}</legend>${membersOf(schema, common.value ?? {}, [], `${path}.`, required)}</fieldset>`;
    default:
      return area({ ...common, value: common.value === undefined ? '' : JSON.stringify(common.value), rows: 2, mono: true });
  }
}

function membersOf(schema, values, left, prefix, needed) {
  const isNeeded = ([name]) => Boolean(schema.required?.includes(name));
  return Object.entries(schema.properties).filter(([name]) => !left.includes(name)).sort((a, b) => isNeeded(b) - isNeeded(a))
    .map(([name, one]) => fieldFor(name, one, values[name], needed && isNeeded([name]), prefix + name));
}

/** The fields of a JSON schema's members, but for those `left` out. */
export function fieldsFor(schema, { values = {}, left = [] } = {}) {
  return Object.keys(schema?.properties ?? {}).some((name) => !left.includes(name)) ? membersOf(schema, values, left, PREFIX, true) : nothing;
}

/** A form takes at most one text of each name; a list of choices has one name for each. */
function valueOf(schema, values, path, before, needed) {
  const text = values[path];
  switch (shapeOf(schema)) {
    case 'check':
      return text === 'on' ? true : needed || (before ?? schema.default) !== undefined ? false : undefined;
    case 'choices':
      return some(listed(schema.items).filter((one) => `${path}[${one}]` in values), before ?? schema.default);
    case 'group':
      return some(membersGiven(schema, values, `${path}.`, before ?? {}));
    default:
      return text ? typed(schema, text, path) : undefined;
  }
}

/** Nothing where a list or a group is empty, unless it was not before. */
function some(value, before) {
  return Object.keys(value).length || before?.length ? value : undefined;
}

function typed(schema, text, path) {
  switch (shapeOf(schema)) {
    case 'choice':
      return listed(schema).find((one) => String(one) === text);
    case 'number':
      return Number(text);
    case 'moment':
      return moment(text);
    case 'lines':
      return rows(text).map((one) => (shapeOf(schema.items) === 'number' ? counted(path, one) : one));
    case 'json':
      return parsed(path, text);
    default:
      return text;
  }
}

const rows = (text) => text.split('\n').map((one) => one.trim()).filter(Boolean);

function refused(path, message) {
  return Object.assign(new Error(message), { errors: [{ field: path, message }] });
}

function counted(path, text) {
  if (Number.isNaN(Number(text))) throw refused(path, t('schema.nonumber', { text }));
  return Number(text);
}

function parsed(path, text) {
  try {
    return JSON.parse(text);
  } catch {
    throw refused(path, t('schema.nojson', { name: path.slice(PREFIX.length) }));
  }
}

function membersGiven(schema, values, prefix, before) {
  const found = Object.entries(schema?.properties ?? {}).map(([name, one]) => [name, valueOf(one, values, prefix + name, before[name], schema.required?.includes(name))]);
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/** What a person gave in these fields, each of its type; what was left empty is left out. A box that was ticked `before` and is not now is a no. */
export function given(schema, values, before = {}) {
  return membersGiven(schema, values, PREFIX, before);
}

/** A value as a short text: plain ones as they are, others as JSON. */
export function plain(value) {
  if (value === undefined) return html`<span class="muted">–</span>`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
