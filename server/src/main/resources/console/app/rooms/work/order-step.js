import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { failed } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { drop, keep, kept } from './keep.js';
import { arriving, handingBack, preparing, reviewing } from './step-before.js';
import { repairing } from './step-repair.js';
import { testing } from './step-test.js';

/** What of an order's state is shown as the next thing to do, and who does it: the forms are in the modules beside. */
const STEPS = {
  draft: { draw: reviewing, when: (one) => !one.approval, name: 'review' },
  dispatched: { draw: () => nothing, name: 'accept' },
  accepted: { draw: preparing, name: 'preparation' },
  'en-route': { draw: arriving, name: 'arrival' },
  'on-site': { draw: () => nothing, name: 'begin' },
  repairing: { draw: repairing, name: 'repair' },
  testing: { draw: testing, name: 'test' },
  done: { draw: handingBack, when: (one) => one.type === 'depot' && !one.pickup, name: 'pickup', roles: ['agent', 'engineer', 'coordinator'] },
};
const SIMPLE = { dispatched: ['/accept', undefined, 'order.accept'], 'on-site': ['/transitions', { to: 'repairing' }, 'order.begin'] };

/** The one card that says what is to be done next with an order, with its form. What is typed is kept until it was sent. */
class OrderStep extends View {
  static properties = { page: { attribute: false }, value: { attribute: false } };
  #busy = false;
  #failure = null;
  #state = null;

  get #draft() {
    return `${this.value.one.number}/${STEPS[this.value.one.state]?.name}`;
  }

  /** Runs a step of the form: the button waits, and a failure keeps the page as it is. */
  async #run(work, words) {
    if (this.#busy) return;
    [this.#busy, this.#failure] = [true, null];
    this.requestUpdate();
    const draft = this.#draft;
    try {
      await work();
      drop(draft);
      if (words) say(words);
    } catch (failure) {
      this.#failure = failure;
    }
    this.#busy = false;
    this.requestUpdate();
  }

  #hand() {
    const { one } = this.value;
    return {
      one, value: this.value, kept: kept(this.#draft), busy: this.#busy, again: () => this.requestUpdate(),
      send: (...call) => this.page.send(...call), run: (work, words) => this.#run(work, words),
      submit: (work, words) => (event) => {
        event.preventDefault();
        this.#run(() => work(Object.fromEntries(new FormData(event.target)), event.target), words);
      },
      keep: (event) => keep(this.#draft, event.currentTarget),
    };
  }

  willUpdate() {
    if (this.#state !== this.value.one.state) [this.#state, this.#failure] = [this.value.one.state, null];
  }

  #simple(one) {
    const [step, body, words] = SIMPLE[one.state] ?? [];
    if (!step) return nothing;
    return html`<button class="primary big" data-do=${STEPS[one.state].name} ?disabled=${this.#busy} @click=${() => this.#run(() => this.page.send(step, body), t(`${words}.done`))}>${icon('check')}${t(words)}</button>`;
  }

  render() {
    const { one } = this.value;
    const step = STEPS[one.state];
    if (!step || (step.when && !step.when(one))) return nothing;
    const mine = may(...(step.roles ?? ['engineer', 'coordinator']));
    return html`<section class="card next" aria-label=${t('step.next')}>
      <header><h2>${t(`step.${step.name}`)}</h2><span class="muted small right">${term('orderState', one.state)}</span></header>
      <div class="body stack">
        ${mine ? html`${step.draw(this.#hand())}${this.#simple(one)}` : html`<p class="muted">${t('step.others', { engineer: one.engineer ?? t('step.nobody') })}</p>`}
        ${mine && one.engineer && one.engineer !== user?.username && !may('coordinator') ? html`<p class="muted small">${t('step.notyours', { engineer: one.engineer })}</p>` : nothing}
        ${this.#failure ? failed(this.#failure) : nothing}
      </div>
    </section>`;
  }
}

customElements.define('ac-order-step', OrderStep);
