import { html } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { follow, onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go } from '../../core/router.js';
import { title } from '../../core/title.js';
import { show } from '../../ui/states.js';
import { lastView } from './queue/views.js';
import { deviceWithProduct } from '../device/device-read.js';
import { assignDialog, assignToMe, transitionDialog } from './ticket-actions.js';
import { actionBar, headline } from './ticket-head.js';
import { dispatchCard, fixCard } from './ticket-fix.js';
import { clocksCard, contactCard, deviceCard, reportCard } from './ticket-side.js';
import './ticket-composer.js';
import './evidence.js';
import '../../ui/timeline.js';

const GATHER_MS = 300;

/** One case: what happened, in one order; what the device measured around it; and what can be done next. */
class Ticket extends View {
  static properties = { ticketId: {} };
  #ticket = new Load(this, (signal) => this.#fetch(signal));
  #device = new Load(this, (signal) => deviceWithProduct(this.#case().device, signal));
  #reload = gather(() => this.#ticket.run(), GATHER_MS);
  #unfollow = null;

  opened() {
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => this.#reload.cancel());
    this.own(() => this.#unfollow?.());
    this.own(bind([
      { key: 'Escape', label: 'key.queue', run: () => go('queue', lastView().view, lastView().query) },
      { key: 'r', label: 'key.reply', run: () => this.querySelector('ac-composer textarea')?.focus() },
      { key: 'i', label: 'key.tome', run: () => this.#case() && assignToMe(this.#desk()) },
      { key: 'a', label: 'key.assign', run: () => this.#case() && assignDialog(this.#desk()) },
      { key: 's', label: 'key.state', run: () => this.querySelector('.actionbar .transition')?.focus() },
    ]));
    this.#ticket.restart();
  }

  #case() {
    return this.#ticket.value?.ticket;
  }

  /** What the actions of this page work with. */
  #desk() {
    return { ...this.#ticket.value, reload: () => this.#ticket.run() };
  }

  async #fetch(signal) {
    const { data, etag } = await api.read(`/tickets/${encodeURIComponent(this.ticketId)}`, { signal });
    return { ticket: data, etag: etag ?? (data.version == null ? null : `"${data.version}"`) };
  }

  #heard(name, data) {
    if (name === 'reset' || (name === 'ticket.changed' && String(data.id) === String(this.#case()?.id))) return this.#reload();
    if (name === 'device.changed' && data.id === this.#case()?.device) return this.#device.run();
    return undefined;
  }

  updated() {
    title(this.#case() && `${this.#case().number ?? ''} ${this.#case().title}`);
    const device = this.#case()?.device;
    if (!device || this.#unfollow) return;
    this.#unfollow = follow(device);
    this.#device.restart();
  }

  render() {
    return html`<div class="page">${show(this.#ticket, ({ ticket }) => html`
      ${headline(ticket)}
      ${actionBar(ticket, {
        move: (to) => transitionDialog(this.#desk(), to),
        mine: () => assignToMe(this.#desk()),
        assign: () => assignDialog(this.#desk()),
      })}
      <div class="columns">
        <div class="stack">
          ${dispatchCard(ticket)}${reportCard(ticket)}
          <ac-timeline .entries=${ticket.timeline ?? []}>
          </ac-timeline>
          <ac-composer .ticket=${ticket} .sent=${() => this.#ticket.run()}></ac-composer>
        </div>
        <div class="stack">
          <ac-evidence .ticket=${ticket} .about=${this.#device.value}></ac-evidence>
          ${fixCard(ticket)}
          ${deviceCard(ticket, this.#device)}
          ${clocksCard(ticket)}
          ${contactCard(ticket)}
        </div>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-ticket', Ticket);
