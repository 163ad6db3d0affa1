import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { complain } from '../../ui/toast.js';
import { Screen } from './screen.js';

const TICK_MS = 50;
const PAUSE_MAX_S = 2;
const SPEEDS = [1, 2, 4, 8];

/** An asciicast (version 2): its head, and what was shown when, in seconds; pauses are cut to two seconds, because nobody watches a cursor blink. */
export function cast(text) {
  const [head, ...lines] = text.trim().split('\n').map((line) => JSON.parse(line));
  let at = 0;
  let before = 0;
  const shown = [];
  for (const [moment, kind, data] of lines) {
    at += Math.min(PAUSE_MAX_S, Math.max(0, moment - before));
    before = moment;
    if (kind === 'o') shown.push({ at, data });
  }
  return { head, shown, length: at };
}

/** Plays what was recorded of a shell, and says whether it is what was recorded. Whoever opens it is in the audit. */
class Recording extends View {
  static properties = { shellId: {}, at: { state: true }, speed: { state: true }, playing: { state: true } };
  at = 0;
  speed = 1;
  playing = false;
  #cast = new Load(this, (signal) => this.#read(signal));
  #proof = null;
  #timer = 0;

  opened() {
    this.own(() => clearInterval(this.#timer));
  }

  willUpdate(changed) {
    if (changed.has('shellId')) {
      this.#stop();
      this.at = 0;
      this.#proof = null;
      this.#cast.restart();
    }
  }

  /** A recording of nothing but its head is one line of JSON, and comes parsed. Its end is shown first: what was there to be seen. */
  async #read(signal) {
    const answer = await api.get(`/shells/${encodeURIComponent(this.shellId)}/recording`, { signal });
    const recorded = cast(answer.text ?? JSON.stringify(answer));
    this.at = recorded.length;
    return recorded;
  }

  #stop() {
    clearInterval(this.#timer);
    this.playing = false;
  }

  #play() {
    if (this.playing) return this.#stop();
    const { length } = this.#cast.value;
    if (this.at >= length) this.at = 0;
    this.playing = true;
    this.#timer = setInterval(() => {
      this.at = Math.min(length, this.at + (TICK_MS / 1_000) * this.speed);
      if (this.at >= length) this.#stop();
    }, TICK_MS);
    return undefined;
  }

  async #verify() {
    try {
      this.#proof = await api.get(`/shells/${encodeURIComponent(this.shellId)}/recording/verify`);
      this.requestUpdate();
    } catch (failure) {
      complain(failure);
    }
  }

  #screen({ head, shown }) {
    const screen = new Screen(head.height);
    for (const one of shown) {
      if (one.at > this.at) break;
      screen.write(one.data);
    }
    return screen.text();
  }

  updated() {
    const box = this.querySelector('.screen');
    if (box && this.playing) box.scrollTop = box.scrollHeight;
  }

  render() {
    return show(this.#cast, (recorded) => html`<pre class="screen" tabindex="0" aria-label=${t('shell.screen')}>${this.#screen(recorded)}</pre>
      <div class="row player"><button @click=${() => this.#play()}>${icon(this.playing ? 'wait' : 'play')}${t(this.playing ? 'record.pause' : 'record.play')}</button>
        <input class="grow" type="range" min="0" max=${recorded.length} step="0.01" .value=${String(this.at)} aria-label=${t('record.at')} @input=${(event) => (this.at = Number(event.target.value))}>
        <span class="muted small nowrap">${this.at.toFixed(1)} / ${recorded.length.toFixed(1)} s</span>
        <select class="slim" aria-label=${t('record.speed')} @change=${(event) => (this.speed = Number(event.target.value))}>${SPEEDS.map((one) => html`<option value=${one} ?selected=${one === this.speed}>${one}×</option>`)}</select>
        <button @click=${() => this.#verify()}>${t('record.verify')}</button></div>
      ${this.#proof ? html`<p class="row ${this.#proof.intact ? 'tone-good' : 'tone-critical'}">${icon(this.#proof.intact ? 'done' : 'error')}${t(this.#proof.intact ? 'record.intact' : 'record.broken', { pieces: this.#proof.pieces })} ${this.#proof.why ?? nothing}</p>` : nothing}`);
  }
}

customElements.define('ac-recording', Recording);
