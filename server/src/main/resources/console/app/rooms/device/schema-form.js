import { html, nothing } from 'lit';
import { area, check, choice, field } from '../../ui/field.js';
import { t } from '../../core/i18n.js';

const kind = (schema) => [schema.type ?? (schema.enum ? 'string' : 'object')].flat().find((one) => one !== 'null');

function hintOf(schema) {
  const bounds = schema.minimum != null || schema.maximum != null ? `${schema.minimum ?? '…'} – ${schema.maximum ?? '…'}` : '';
  return [schema.description, schema.unit, bounds].filter(Boolean).join(' · ') || undefined;
}

/** One field of a form for one member of a JSON schema, called `prefix` + its name; what is no plain value is typed as JSON. */
function fieldFor(name, schema, value, required, prefix) {
  const label = schema.title ?? name;
  const common = { label, name: prefix + name, required, hint: hintOf(schema) };
  if (schema.enum) return choice({ ...common, value: value ?? schema.default, options: schema.enum.map((one) => [one, one]) });
  switch (kind(schema)) {
    case 'boolean':
      return check({ label, name: prefix + name, checked: Boolean(value ?? schema.default), hint: schema.description });
    case 'integer':
    case 'number':
      return field({ ...common, type: 'number', step: kind(schema) === 'integer' ? '1' : 'any', min: schema.minimum, max: schema.maximum, value: value ?? schema.default });
    case 'string':
      return field({ ...common, value: value ?? schema.default, maxlength: schema.maxLength });
    default:
      return area({ ...common, value: value === undefined ? '' : JSON.stringify(value), hint: t('schema.json'), rows: 2, mono: true });
  }
}

/** The fields of a JSON schema's members, but for those `left` out; what they are called in the form begins with `prefix`. */
export function fieldsFor(schema, { values = {}, left = [], prefix = 'param.' } = {}) {
  const members = Object.entries(schema?.properties ?? {}).filter(([name]) => !left.includes(name));
  return members.length ? members.map(([name, one]) => fieldFor(name, one, values[name], schema.required?.includes(name), prefix)) : nothing;
}

function valueOf(name, schema, text) {
  switch (schema.enum ? 'string' : kind(schema)) {
    case 'integer':
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'on';
    case 'string':
      return text;
    default:
      return parsed(name, text);
  }
}

function parsed(name, text) {
  try {
    return JSON.parse(text);
  } catch (failure) {
    throw Object.assign(new Error(t('schema.nojson', { name })), { errors: [{ field: `param.${name}`, message: failure.message }] });
  }
}

/** What a person gave in these fields: numbers as numbers, yes and no as such; what was left empty is left out. */
export function given(schema, values, prefix = 'param.') {
  const members = Object.entries(schema?.properties ?? {});
  const found = members.filter(([name, one]) => values[prefix + name] || (kind(one) === 'boolean' && !one.enum && `${prefix}${name}` in values));
  return Object.fromEntries(found.map(([name, one]) => [name, valueOf(name, one, values[prefix + name])]));
}

/** A value as a short text: plain ones as they are, others as JSON. */
export function plain(value) {
  if (value === undefined) return html`<span class="muted">–</span>`;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
