import { html } from 'lit';
import { View } from '../../core/view.js';
import { api, ApiError } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { ask } from '../../ui/dialog.js';
import { changes, filled } from '../../ui/edit.js';
import { show } from '../../ui/states.js';
import { complain, say } from '../../ui/toast.js';
import './looks.js';

const GATHER_MS = 300;
const RACES = [409, 412];

/**
 * The page of one thing: it is read, kept current by events, and moved on by steps. A subclass says `path()`, `parent` (the list it is reached from), `events`,
 * `name(one)` for the title and `draw(one)`; `more(one, signal)` reads what stands beside it.
 */
export class Detail extends View {
  static properties = { itemId: {} };
  events = [];
  load = new Load(this, (signal) => this.#fetch(signal));
  #reload = gather(() => this.load.run(), GATHER_MS);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (this.events.includes(name) && this.concerns(data))) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.back', run: () => go(...this.up()) }]));
    this.load.restart();
  }

  /** Where Escape and the crumb lead. */
  up() {
    return [this.parent];
  }

  concerns(data) {
    return String(data.id) === String(this.one?.id);
  }

  get one() {
    return this.load.value?.one;
  }

  async more() {
    return {};
  }

  async #fetch(signal) {
    const { data, etag } = await api.read(this.path(), { signal });
    const one = this.pick(data);
    return { one, etag: etag ?? (one.version == null ? null : `"${one.version}"`), ...(await this.more(one, signal)) };
  }

  /** The thing in what the server answered. */
  pick(data) {
    return data;
  }

  /** Whether a step goes by the version that is in view; one that only adds, or that the server checks by its state, need not. */
  goesByVersion() {
    return true;
  }

  /**
   * Sends a step under the thing's own address; the answer is the thing as it is then, and is taken at once, so that the next step goes by it.
   * After a lost race the newest state is read, and what the other did is told.
   */
  async send(step, body, method = 'post') {
    const { one, etag } = this.load.value;
    try {
      const answer = await api[method](`${this.path()}${step}`, body, this.goesByVersion(step) ? { etag } : {});
      if (answer.version != null) Object.assign(this.load.value, { one: answer, etag: `"${answer.version}"` });
      await this.load.run();
      return answer;
    } catch (failure) {
      if (!RACES.includes(failure.status)) throw failure;
      await this.load.run();
      if (failure.status !== 412) throw failure;
      throw new ApiError(412, { title: t('race.title'), detail: t('race.kept'), errors: changes(one, this.one) }, failure.correlation);
    }
  }

  /** A step that needs no form. */
  async step(step, body, words) {
    try {
      await this.send(step, body);
      say(words);
    } catch (failure) {
      complain(failure);
    }
  }

  /** A step with a form: `change(values, form)` says, at once or later, what is sent. */
  form({ title: heading, step, body, change = (values) => values, confirm, words, danger, shape, method }) {
    ask({
      title: heading, body, confirm, danger, shape,
      submit: async (values, form) => {
        await this.send(step, filled(await change(values, form)), method);
        say(words);
      },
    });
  }

  updated() {
    if (this.one) title(this.name(this.one));
  }

  render() {
    return html`<div class="page">
      <div class="crumb"><a href=${href(...this.up())}>${this.upWords()}</a> / <span class="mono">${this.one?.number ?? this.itemId}</span></div>
      ${show(this.load, (value) => this.draw(value.one, value))}
    </div>`;
  }

  upWords() {
    return t(`nav.${this.parent}`);
  }
}
