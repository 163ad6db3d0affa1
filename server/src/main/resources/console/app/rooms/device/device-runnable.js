import { html, nothing } from 'lit';
import { withQuery } from '../../core/api.js';
import { t, term, told } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { actionDialog } from './device-action.js';
import { isOver, listed, READERS } from './device-read.js';
import { DeviceTab } from './device-tab.js';

/** Those with a page of their own are asked for there. */
const ELSEWHERE = ['get_logs', 'get_crash'];

/** The remote actions that a device's product knows: what each does, and whether it may be run now. */
class DeviceRunnable extends DeviceTab {
  #available = this.whole((signal) => listed(READERS.care, this.#where(), signal));

  #where() {
    const ticket = this.tickets?.find((one) => !isOver(one))?.id;
    return withQuery(`${this.path}/actions/available`, { ticket });
  }

  #row(action) {
    const run = () => actionDialog(this.device, action, this.tickets, () => this.dispatchEvent(new CustomEvent('asked', { bubbles: true })));
    return html`<li><span class="grow"><span>${term('command', action.action)} <span class="muted small mono">${action.action}</span></span>
        <span class="muted small">${t(`run.class.${action.class}`)}</span>
        ${action.allowed || !action.refusal ? nothing : html`<span class="small tone-warning why">${told('refusal', action.refusalCode, action.refusal)}</span>`}</span>
      <button title=${term('run.class', action.class)} ?disabled=${!action.allowed && !action.needsTicket && !action.needsConfirm} @click=${run}>${icon('bolt')}${t('run.run')}<span class="unseen"> ${term('command', action.action)}</span></button></li>`;
  }

  render() {
    return show(this.#available, (all) => {
      const items = all.filter((one) => !ELSEWHERE.includes(one.action));
      if (!items.length) return nothing;
      return card(t('device.actions'), html`<ul class="mini runnable">${items.map((one) => this.#row(one))}</ul>`);
    });
  }
}

customElements.define('ac-device-runnable', DeviceRunnable);
