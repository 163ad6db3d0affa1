import { api } from '../../core/api.js';
import { may } from '../../core/session.js';

const OVER = ['resolved', 'verified', 'closed', 'cancelled'];

/** A device with its product model; a model that is not registered, or may not be read, is an empty one. */
export async function deviceWithProduct(id, signal) {
  const { data: device, etag } = await api.read(`/devices/${encodeURIComponent(id)}`, { signal });
  device.etag = etag ?? `"${device.version}"`;
  if (!device.model) return { device, product: {} };
  return { device, product: await readable(api.get(`/products/${encodeURIComponent(device.model)}`, { signal }), {}) };
}

/** Who may read what of a device that not everybody may: faults, forecasts, actions, warranty; rules; releases. */
export const READERS = {
  care: ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'auditor', 'partner'],
  rules: ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'auditor'],
  releases: ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'release-approver', 'auditor'],
  crashes: ['agent', 'engineer', 'quality', 'firmware', 'auditor'],
};

/** The things of a list, for those who may read it; others are not even asked for, and see none. */
export async function listed(readers, path, signal) {
  if (!may(...readers)) return [];
  return (await api.get(path, { signal })).items ?? [];
}

/** What is asked for, or `otherwise` where it may not be read or is not there. */
export async function readable(asked, otherwise) {
  try {
    return await asked;
  } catch (failure) {
    if (failure.status !== 403 && failure.status !== 404) throw failure;
    return otherwise;
  }
}

/** Whether the device is connected now; undefined where the server does not say. */
export function isConnected(device) {
  return device.connected ?? device.online;
}

/** Whether a case is over. */
export function isOver(ticket) {
  return OVER.includes(ticket.state);
}

/** Tags are names with values, or just names. */
export function tagWords(tags) {
  if (Array.isArray(tags)) return tags.join(', ');
  return Object.entries(tags ?? {}).map(([name, value]) => (value === 'true' ? name : `${name}: ${value}`)).join(', ');
}
