import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { current, stay } from '../../core/router.js';

/** One of the device's parts behind its tabs: what it shows it asks of the API below the device, and anew whenever the device was heard of (`beat`). */
export class DeviceTab extends View {
  static properties = { device: { attribute: false }, product: { attribute: false }, tickets: { attribute: false }, beat: {} };
  #loads = [];

  get path() {
    return `/devices/${encodeURIComponent(this.device.id)}`;
  }

  /** What the API has at this path below the device; `shape` makes of the answer what is shown. */
  part(path, shape = (answer) => answer) {
    return this.whole(async (signal) => shape(await api.get(this.path + (typeof path === 'function' ? path() : path), { signal })));
  }

  whole(ask) {
    const load = new Load(this, ask);
    this.#loads.push(load);
    return load;
  }

  willUpdate(changed) {
    if (changed.has('beat')) this.again();
  }

  /** What the address says of this part beside its name. */
  said() {
    return Object.fromEntries(current().query);
  }

  /** Keeps something in the address, so that it can be linked and reloaded. */
  remember(change) {
    stay('device', this.device.id, { ...this.said(), ...change });
  }

  /** Reads everything anew; what is shown stays until it is there. */
  again() {
    return Promise.all(this.#loads.map((one) => one.run()));
  }
}
