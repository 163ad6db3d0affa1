import { t } from '../../core/i18n.js';
import { choice } from '../../ui/field.js';
import { complain } from '../../ui/toast.js';
import { every } from './names.js';

let known = [];

/** Reads who goes to devices, so that forms can offer them by name. */
export async function learnEngineers(signal) {
  known = await every('/engineers', {}, signal);
  return known;
}

/** One of the engineers, or nobody; whoever has it already stays to be chosen. */
export function engineerChoice({ label, name = 'engineer', value, none, hint }) {
  const options = known.map((one) => [one.name, `${one.name} · ${one.region || t('dispatch.reason.region.unknown')}`]);
  return choice({ label, name, value, none, hint, options: value && !known.some((one) => one.name === value) ? [[value, value], ...options] : options });
}

/** Opens a form that offers engineers, once they are known. */
export async function withEngineers(open) {
  try {
    await learnEngineers();
  } catch (failure) {
    complain(failure);
    return;
  }
  open();
}
