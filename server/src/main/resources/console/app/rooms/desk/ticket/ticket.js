import { html, nothing } from 'lit';
import { View } from '../../../core/view.js';
import { api } from '../../../core/api.js';
import { bind } from '../../../core/keys.js';
import { follow, onEvent } from '../../../core/live.js';
import { gather } from '../../../core/load.js';
import { go, stay } from '../../../core/router.js';
import { may } from '../../../core/session.js';
import { t } from '../../../core/i18n.js';
import { title } from '../../../core/title.js';
import { show } from '../../../ui/states.js';
import { say } from '../../../ui/toast.js';
import { caseTitle } from '../case-title.js';
import { lastView } from '../queue/views.js';
import { askMerge, askPriority, askSnooze, askTags } from '../queue/acts.js';
import { atOnce, take } from './act.js';
import { actionBar } from './bar.js';
import { consentCard } from './consents.js';
import { Desk } from './desk.js';
import { diagnoseCard } from './diagnose.js';
import { doings, papers } from './doings.js';
import { fixDrawer } from './drawer.js';
import { firmwareCard } from './firmware.js';
import { fixCard } from './fix-card.js';
import { fixesOf, running } from './fixes.js';
import { headline, notices } from './head.js';
import { assignDialog, matchDialog, transitionDialog, unmergeDialog } from './moves.js';
import { serviceCard } from './service.js';
import { followedForm, takeBackForm } from './service-forms.js';
import { casesCard, contactCard, deviceCard, entitlementCard, reportCard, similarCard } from './side.js';
import { filesCard } from './files.js';
import './composer.js';
import './evidence.js';
import './run.js';
import './thread.js';

const GATHER_MS = 300;
const WORKS = ['agent', 'engineer', 'coordinator'];
const OVER = ['resolved', 'verified', 'closed', 'cancelled'];
const WRITES = [...WORKS, 'quality', 'partner'];
const OF_CASE = new Set(['ticket.changed', 'ticket.noted', 'work-order.changed', 'rma.changed', 'quote.changed', 'requisition.changed', 'complaint.changed', 'consent.changed', 'runbook.changed']);

/** One case: what happened, in one order; what the device measured around it; and what can be done next. */
class Ticket extends View {
  static properties = { ticketId: {}, address: { attribute: false } };
  #desk = new Desk(this, () => this.ticketId);
  #reload = gather(() => this.#desk.reload(), GATHER_MS);
  #again = gather(() => this.#desk.reloadActions(), GATHER_MS);
  #met = null;

  opened() {
    this.own(onEvent((name, data) => this.#heard(name, data)));
    this.own(() => [this.#reload, this.#again].forEach((one) => one.cancel()));
    this.own(bind(this.#keys()));
    this.#desk.case.restart();
  }

  #keys() {
    const at = (run) => () => this.#desk.ticket && run(this.#desk);
    const all = [
      { key: 'Escape', label: 'key.queue', run: () => go('queue', lastView().view, lastView().query) },
      { key: 'd', label: 'key.device.open', run: at(({ ticket }) => ticket.device && go('device', ticket.device)) },
    ];
    if (may(...WRITES)) all.push({ key: 'r', label: 'key.reply', run: () => this.#write('reply') }, { key: 'n', label: 'key.note', run: () => this.#write('note') });
    if (!may(...WORKS)) return all;
    return [...all,
      { key: 'x', label: 'key.fix', run: at(() => this.#fix()) }, { key: 'i', label: 'key.mine', run: at(take) }, { key: 'a', label: 'key.assign', run: at(assignDialog) },
      { key: 's', label: 'key.state', run: () => this.querySelector('.actionbar .transition')?.focus() }, { key: 'p', label: 'key.priority', run: at(({ ticket }) => askPriority([ticket], this.#desk.reload)) },
      { key: 'h', label: 'key.snooze', run: at(({ ticket }) => askSnooze([ticket], this.#desk.reload)) }, { key: 'm', label: 'key.merge', run: at(({ ticket }) => askMerge([ticket], this.#desk.reload)) }, { key: 't', label: 'key.tags', run: at(({ ticket }) => askTags([ticket], this.#desk.reload)) },
    ];
  }

  #write(mode) {
    this.querySelector('ac-composer')?.write(mode);
  }

  /** Opens the drawer of what may mend the case, or goes to the run that is being carried out. */
  #fix(key) {
    if (running(this.#desk.ticket) && !key) this.querySelector('ac-run')?.scrollIntoView({ block: 'center' });
    else fixDrawer(this.#desk, key);
  }

  #heard(name, data) {
    const { ticket } = this.#desk;
    if (!ticket) return;
    if (name === 'reset') [this.#reload, this.#again].forEach((one) => one());
    if (name === 'action.changed' && data.ticket === ticket.number) [this.#reload, this.#again].forEach((one) => one());
    if (name === 'device.changed' && data.id === ticket.device) this.#desk.device.run();
    if (!OF_CASE.has(name) || String(name.startsWith('ticket.') ? data.id : data.ticket) !== ticket.id) return;
    if (name === 'consent.changed') this.#answered(data);
    else this.#reload();
  }

  /** The customer answered: that is told once the page knows what may be done now. */
  async #answered({ state, purpose }) {
    await Promise.all([this.#desk.reload(), this.#desk.reloadActions()]);
    if (state === 'given' && purpose === 'action') say(t('consent.came'));
  }

  updated() {
    const { ticket } = this.#desk;
    title(ticket && `${ticket.number} ${caseTitle(ticket)}`);
    this.#desk.onChange?.();
    if (!ticket || this.#met === ticket.device) return;
    this.#met = ticket.device;
    if (ticket.device && ticket.matched !== false) this.own(follow(ticket.device));
    this.#desk.meet();
    this.#begin();
  }

  /** What the address asks to be done at once, when a key of the queue led here. */
  async #begin() {
    const wish = this.address?.get('do');
    if (!wish) return;
    stay('tickets', this.ticketId);
    await this.updateComplete;
    if (wish === 'run') this.#fix();
    else this.#write(wish);
  }

  #bar(desk) {
    const { ticket } = desk;
    const works = may(...WORKS);
    const open = !OVER.includes(ticket.state);
    const fixable = works && open && (running(ticket) || fixesOf(ticket, desk.actions).length);
    return actionBar(ticket, {
      fix: fixable ? () => this.#fix() : null, running: running(ticket), mine: works && (() => take(desk)), assign: works && (() => assignDialog(desk)),
      move: works && ((to) => transitionDialog(desk, to)), more: doings(desk), papers: papers(ticket),
    });
  }

  #notices(desk) {
    const works = may(...WORKS);
    return notices(desk.ticket, {
      wake: works && (() => atOnce(desk, (where) => api.post(`${where}/wake`), t('ticket.awake'))), unmerge: works && (() => unmergeDialog(desk)), match: works && (() => matchDialog(desk)),
      acknowledge: may('coordinator') && (() => atOnce(desk, (where) => api.post(`${where}/escalation/acknowledge`), t('ticket.acknowledge.done'))),
    });
  }

  #unlink(desk) {
    if (!may(...WORKS, 'quality')) return null;
    return (one) => atOnce(desk, (where) => api.delete(`${where}/links/${one.number}?kind=${one.kind.replace('caused-by', 'causes').replace('duplicated-by', 'duplicate-of')}`), t('ticket.link.removed'), () => atOnce(desk, (where) => api.post(`${where}/links`, { kind: one.kind, to: one.number }), t('undo.done')));
  }

  render() {
    const desk = this.#desk;
    const works = may(...WORKS);
    return html`<div class="page ticket">${show(desk.case, ({ ticket }) => html`
      ${headline(ticket)}${this.#bar(desk)}${this.#notices(desk)}
      <div class="columns">
        <div class="stack">
          ${(ticket.runbooks ?? []).slice().reverse().slice(0, 3).map((one) => html`<ac-run .run=${one} .desk=${desk} .may=${works}></ac-run>`)}
          ${reportCard(ticket)}
          ${may(...WRITES) ? html`<ac-composer .ticket=${ticket} .sent=${desk.reload}></ac-composer>` : nothing}
          <ac-thread .ticket=${ticket} .group=${this.address?.get('show') ?? ''} @shown=${(event) => stay('tickets', this.ticketId, { show: event.detail })}></ac-thread>
        </div>
        <div class="stack">
          ${OVER.includes(ticket.state) ? nothing : fixCard(ticket, desk.actions, { open: (key) => this.#fix(key), mayRun: works })}
          ${firmwareCard(ticket)}
          <ac-evidence .ticket=${ticket} .about=${desk.about}></ac-evidence>
          ${serviceCard(desk, works ? { quote: true, takeBack: () => takeBackForm(desk), followed: (one) => followedForm(desk, one) } : null)}
          ${consentCard(desk, works)}
          ${diagnoseCard(desk, may('agent', 'engineer'))}
          ${deviceCard(ticket, desk.device)}${entitlementCard(ticket)}${contactCard(ticket)}${similarCard(ticket)}${casesCard(ticket, this.#unlink(desk))}${filesCard(ticket)}
        </div>
      </div>`)}
    </div>`;
  }
}

customElements.define('ac-ticket', Ticket);
