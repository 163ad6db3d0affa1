import { View } from '../core/view.js';
import { colours, onTheme } from './theme.js';

const library = import('echarts-common').then(() => globalThis.echarts);
library.catch(() => {});

/** The base of every drawing: the library when it is there, the colours of the theme, and the size of its place. A subclass draws a `.plot` and says its `picture(paint)`. */
export class Plot extends View {
  static properties = { table: { state: true }, failure: { state: true } };
  #drawn = null;

  opened() {
    this.own(onTheme(() => this.#draw()));
    const resized = new ResizeObserver(() => this.#drawn?.resize());
    resized.observe(this);
    this.own(() => resized.disconnect());
    this.own(() => this.#drop());
  }

  updated() {
    this.#draw();
  }

  #drop() {
    this.ended();
    this.#drawn?.dispose();
    this.#drawn = null;
  }

  /** Called with the drawing once, when it is made. */
  begun() {}

  /** Called before a drawing is given up. */
  ended() {}

  async #draw() {
    const plot = this.querySelector('.plot');
    if (!plot || this.table) return this.#drop();
    let echarts;
    try {
      echarts = await library;
    } catch (failure) {
      this.failure = failure;
      return undefined;
    }
    if (!plot.isConnected) return undefined;
    if (!this.#drawn || this.#drawn.getDom() !== plot) {
      this.#drop();
      this.#drawn = echarts.init(plot, null, { renderer: 'canvas' });
      this.begun(this.#drawn, echarts);
    }
    this.#drawn.setOption(this.picture(colours()), { lazyUpdate: true });
    return undefined;
  }
}
