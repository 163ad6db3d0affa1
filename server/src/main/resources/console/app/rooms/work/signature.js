import { html } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { View } from '../../core/view.js';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';

const INK = '#12213a';
const PAPER = '#ffffff';
const HEIGHT = 170;

/** Where somebody signs with a finger or a pen. `picture(name)` is what was drawn, as a PNG file; none where nobody signed. */
class Signature extends View {
  #canvas = createRef();
  #last = null;
  #drawn = false;

  firstUpdated() {
    const canvas = this.#canvas.value;
    const scale = devicePixelRatio || 1;
    [canvas.width, canvas.height] = [canvas.clientWidth * scale, HEIGHT * scale];
    Object.assign(canvas.getContext('2d'), { strokeStyle: INK, lineWidth: 2.2 * scale, lineCap: 'round', lineJoin: 'round' });
    this.#clear();
  }

  #clear() {
    const canvas = this.#canvas.value;
    const pen = canvas.getContext('2d');
    pen.fillStyle = PAPER;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    this.#drawn = false;
    this.requestUpdate();
  }

  #down(event) {
    event.target.setPointerCapture(event.pointerId);
    this.#last = this.#place(event);
    this.#move(event); // a dot is ink too
  }

  /** Where the pen is in the picture, which keeps its size when the phone is turned. */
  #place({ offsetX, offsetY, target }) {
    return [(offsetX * target.width) / target.clientWidth, (offsetY * target.height) / target.clientHeight];
  }

  #move(event) {
    if (!this.#last) return;
    const pen = this.#canvas.value.getContext('2d');
    const to = this.#place(event);
    pen.beginPath();
    pen.moveTo(...this.#last);
    pen.lineTo(...to);
    pen.stroke();
    this.#last = to;
    if (!this.#drawn) {
      this.#drawn = true;
      this.requestUpdate();
    }
  }

  async picture(name) {
    if (!this.#drawn) return null;
    const blob = await new Promise((done) => this.#canvas.value.toBlob(done, 'image/png'));
    return new File([blob], name, { type: 'image/png' });
  }

  render() {
    const up = () => (this.#last = null);
    return html`<div class="signature"><div class="row"><strong class="grow">${t('signature.title')}</strong>
        <button type="button" class="plain" ?disabled=${!this.#drawn} @click=${() => this.#clear()}>${icon('undo')}${t('signature.clear')}</button></div>
      <p class="muted small">${t('signature.hint')}</p>
      <canvas ${ref(this.#canvas)} role="img" aria-label=${t('signature.title')} @pointerdown=${this.#down} @pointermove=${this.#move} @pointerup=${up} @pointercancel=${up}></canvas></div>`;
  }
}

customElements.define('ac-signature', Signature);
