import { LitElement } from 'lit';
import { onLanguage } from './i18n.js';

/**
 * The base of every element here. It renders into the page itself, so that one style sheet serves all of them;
 * what an element starts (listeners, timers, streams) it hands to `own`, and it ends when the element leaves the page.
 */
export class View extends LitElement {
  #endings = [];

  createRenderRoot() {
    return this;
  }

  own(ending) {
    this.#endings.push(ending);
  }

  connectedCallback() {
    this.#uncover();
    super.connectedCallback();
    this.own(onLanguage(() => this.requestUpdate()));
    this.opened();
  }

  /** What a class gives a property to begin with hides the property's accessor, so that a change would not be drawn: it is handed to the accessor. */
  #uncover() {
    for (const name of this.constructor.elementProperties.keys()) {
      if (!Object.hasOwn(this, name)) continue;
      const first = this[name];
      delete this[name];
      this[name] = first;
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    for (const end of this.#endings.splice(0)) end();
  }

  /** Called each time the element enters the page; the place for `own`. */
  opened() {}
}
