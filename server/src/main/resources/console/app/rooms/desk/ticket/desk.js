import { api } from '../../../core/api.js';
import { Load } from '../../../core/load.js';
import { deviceWithProduct } from '../../device/device-read.js';

const ASKED = 20;

/** What the page of a case works with: the case, its device, what its product allows, and what was asked of it; each can be read again. */
export class Desk {
  #id;
  case;
  device;
  /** Draws anew what lies over the page and shows the case too: a drawer that is open while news come in. */
  onChange = null;
  #actions;
  #asked;

  constructor(host, id) {
    this.#id = id;
    this.case = new Load(host, (signal) => this.#read(signal));
    this.device = new Load(host, (signal) => deviceWithProduct(this.ticket.device, signal));
    this.#actions = new Load(host, async (signal) => (await api.get(`${this.#ofDevice()}/actions/available?ticket=${encodeURIComponent(this.ticket.number)}`, { signal })).items);
    this.#asked = new Load(host, async (signal) => (await api.get(`${this.#ofDevice()}/actions?limit=${ASKED}`, { signal })).items);
    this.reload = () => this.case.run();
    this.reloadActions = () => Promise.all([this.#actions.run(), this.#asked.run()]);
  }

  get ticket() {
    return this.case.value?.ticket;
  }

  get etag() {
    return this.case.value?.etag;
  }

  get about() {
    return this.device.value;
  }

  /** What the device's product allows; nothing while that is not known. */
  get actions() {
    return this.#actions.value;
  }

  /** What was asked of the device, the newest first. */
  get asked() {
    return this.#asked.value;
  }

  #ofDevice() {
    return `/devices/${encodeURIComponent(this.ticket.device)}`;
  }

  async #read(signal) {
    const { data, etag } = await api.read(`/tickets/${encodeURIComponent(this.#id())}`, { signal });
    return { ticket: data, etag: etag ?? `"${data.version}"` };
  }

  /** Reads the device and what may be done with it; a case without one has nothing to read. */
  meet() {
    if (!this.ticket?.device || this.ticket.matched === false) return;
    this.device.run();
    this.reloadActions();
  }
}
