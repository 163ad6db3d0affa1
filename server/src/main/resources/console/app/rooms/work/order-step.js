import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { may, user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { failed } from '../../ui/states.js';
import { say } from '../../ui/toast.js';
import { drop, keep, kept, put } from './keep.js';
import { accepting, arriving, beginning, preparing, reviewing, sending } from './step-before.js';
import { handingBack, next } from './step-after.js';
import { repairing } from './step-repair.js';
import { testing } from './step-test.js';

/** What of an order's state is shown as the next thing to do, and who does it: the forms are in the modules beside. */
const STEPS = {
  draft: { draw: reviewing, name: 'review' },
  approved: { draw: sending, name: 'dispatch', roles: ['coordinator'] },
  dispatched: { draw: accepting, name: 'accept' },
  accepted: { draw: preparing, name: 'preparation' },
  'en-route': { draw: arriving, name: 'arrival' },
  'on-site': { draw: beginning, name: 'begin' },
  repairing: { draw: repairing, name: 'repair' },
  testing: { draw: testing, name: 'test' },
  back: { draw: handingBack, name: 'pickup', roles: ['agent', 'engineer', 'coordinator'] },
  left: { draw: next, name: 'left', roles: ['engineer'] },
};

/** The step that an order waits for; none where nothing is left to do for this reader. */
function stepOf(one) {
  if (one.state === 'draft' && one.approval) return STEPS.approved;
  if (one.state !== 'done') return STEPS[one.state];
  if (one.type === 'depot' && !one.pickup) return STEPS.back;
  return one.engineer === user?.username ? STEPS.left : undefined;
}

/** The one card that says what is to be done next with an order, with its form. What is typed is kept until it was sent. */
class OrderStep extends View {
  static properties = { page: { attribute: false }, value: { attribute: false } };
  #busy = false;
  #failure = null;
  #state = null;

  get #draft() {
    return `${this.value.one.number}/${stepOf(this.value.one)?.name}`;
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
      one, value: this.value, page: this.page, kept: kept(this.#draft), busy: this.#busy, again: () => this.requestUpdate(),
      send: (...call) => this.page.send(...call), run: (work, words) => this.#run(work, words),
      submit: (work, words) => (event) => {
        event.preventDefault();
        this.#run(() => work(Object.fromEntries(new FormData(event.target)), event.target), words);
      },
      keep: (event) => keep(this.#draft, event.currentTarget),
      put: (values) => {
        put(this.#draft, values);
        this.requestUpdate();
      },
    };
  }

  willUpdate() {
    if (this.#state !== this.value.one.state) [this.#state, this.#failure] = [this.value.one.state, null];
  }

  render() {
    const { one } = this.value;
    const step = stepOf(one);
    if (!step) return nothing;
    const mine = may(...(step.roles ?? ['engineer', 'coordinator']));
    return html`<section class="card next" aria-label=${t('step.next')}>
      <header><span class="badge info">${t('step.now')}</span><h2>${t(`step.${step.name}`)}</h2></header>
      <div class="body stack">
        ${mine ? step.draw(this.#hand()) : html`<p class="muted">${t('step.others', { engineer: one.engineer ?? t('step.nobody') })}</p>`}
        ${mine && one.engineer && one.engineer !== user?.username && !may('coordinator') ? html`<p class="muted small">${t('step.notyours', { engineer: one.engineer })}</p>` : nothing}
        ${this.#failure ? failed(this.#failure) : nothing}
        ${this.#failure?.status === 0 ? html`<p class="row muted small">${icon('done')}${t('step.kept')}</p>` : nothing}
      </div>
    </section>`;
  }
}

customElements.define('ac-order-step', OrderStep);
