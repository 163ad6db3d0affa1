import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { gather } from '../../core/load.js';
import { t, term } from '../../core/i18n.js';
import { Screen } from './screen.js';

const AGAIN_MS = 1_000;
const DRAW_MS = 30;
const ENDED_FOR_NEW = 1012;
const KEYS = {
  Enter: '\r', Backspace: '\u007f', Tab: '\t', Escape: '\u001b', Delete: '\u001b[3~', Home: '\u001b[H', End: '\u001b[F', PageUp: '\u001b[5~', PageDown: '\u001b[6~',
  ArrowUp: '\u001b[A', ArrowDown: '\u001b[B', ArrowRight: '\u001b[C', ArrowLeft: '\u001b[D',
};

/** The bytes of a key, or nothing where it means nothing to a terminal. Ctrl with Shift stays the browser's: copying, and leaving with Ctrl-Shift-Escape. */
export function bytesOf({ key, ctrlKey, metaKey, altKey, shiftKey }) {
  if (metaKey || (ctrlKey && shiftKey)) return null;
  if (ctrlKey && /^[a-z[\\\]]$/i.test(key)) return String.fromCharCode(key.toUpperCase().charCodeAt(0) - 64);
  const plain = KEYS[key] ?? (key.length === 1 ? key : null);
  return plain && altKey ? `\u001b${plain}` : plain;
}

/** An open shell: what it shows, and for who asked for it (`types`) the keys. A socket that the server ends for a new one is opened again. */
class Terminal extends View {
  static properties = { shell: { attribute: false }, types: { type: Boolean }, state: { state: true } };
  state = 'opening';
  #screen = null;
  #socket = null;
  #decoder = null;
  #left = false;
  #draw = gather(() => this.requestUpdate(), DRAW_MS);

  opened() {
    this.#left = false;
    this.#open();
    this.own(() => {
      this.#left = true;
      this.#draw.cancel();
      this.#socket?.close();
    });
  }

  #open() {
    this.#screen = new Screen(this.shell.rows);
    this.#decoder = new TextDecoder();
    const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/api/v1/shells/${encodeURIComponent(this.shell.id)}/socket`);
    socket.binaryType = 'arraybuffer';
    socket.onopen = () => (this.state = 'open');
    socket.onmessage = ({ data }) => (typeof data === 'string' ? this.#told(JSON.parse(data)) : this.#shown(data));
    socket.onclose = ({ code }) => this.#closed(code);
    this.#socket = socket;
  }

  #shown(data) {
    this.#screen.write(this.#decoder.decode(data, { stream: true }));
    this.#draw();
  }

  #told({ closed, error }) {
    if (closed) this.state = closed;
    if (error) {
      this.#screen.write(`\r\n${error}\r\n`);
      this.#draw();
    }
  }

  #closed(code) {
    if (this.#left) return;
    if (code === ENDED_FOR_NEW) setTimeout(() => !this.#left && this.#open(), AGAIN_MS);
    else if (this.state === 'open' || this.state === 'opening') this.state = 'lost';
  }

  #send(text) {
    if (this.types && this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(new TextEncoder().encode(text));
  }

  #pressed(event) {
    const text = this.types && bytesOf(event);
    if (text == null || text === false) return;
    event.preventDefault();
    event.stopPropagation();
    this.#send(text);
  }

  #pasted(event) {
    event.preventDefault();
    this.#send(event.clipboardData.getData('text'));
  }

  updated() {
    const box = this.querySelector('.screen');
    box.scrollTop = box.scrollHeight;
  }

  #words() {
    if (this.state === 'opening') return t('shell.connecting');
    if (this.state === 'open') return t(this.types ? 'shell.types' : 'shell.looks');
    return this.state === 'lost' ? t('shell.lost') : term('shellend', this.state);
  }

  render() {
    return html`<pre class="screen" tabindex="0" role="textbox" aria-multiline="true" aria-readonly=${String(!this.types)} aria-label=${t('shell.screen')} @keydown=${this.#pressed} @paste=${this.#pasted}>${this.#screen?.text()}${this.state === 'open' ? html`<span class="caret"></span>` : nothing}</pre>
      <p class="muted small" role="status">${this.#words()}</p>`;
  }
}

customElements.define('ac-terminal', Terminal);
