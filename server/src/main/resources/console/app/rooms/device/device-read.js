import { api } from '../../core/api.js';

/** A device with its product model; a model that is not registered, or may not be read, is an empty one. */
export async function deviceWithProduct(id, signal) {
  const device = await api.get(`/devices/${encodeURIComponent(id)}`, { signal });
  if (!device.model) return { device, product: {} };
  try {
    return { device, product: await api.get(`/products/${encodeURIComponent(device.model)}`, { signal }) };
  } catch (failure) {
    if (failure.status !== 403 && failure.status !== 404) throw failure;
    return { device, product: {} };
  }
}

/** Whether the device is connected now; undefined where the server does not say. */
export function isConnected(device) {
  return device.connected ?? device.online;
}

/** Tags are names with values, or just names. */
export function tagWords(tags) {
  if (Array.isArray(tags)) return tags.join(', ');
  return Object.entries(tags ?? {}).map(([name, value]) => (value === 'true' ? name : `${name}: ${value}`)).join(', ');
}
