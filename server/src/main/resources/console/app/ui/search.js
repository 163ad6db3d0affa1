import { html } from 'lit';
import { View } from '../core/view.js';
import { bind } from '../core/keys.js';
import { settle } from '../core/load.js';
import { icon } from './icons.js';

const SETTLE_MS = 250;

/** The search field of a list; `/` goes to it, and it fires `sought` with the text once typing pauses. */
class Search extends View {
  static properties = { value: {}, label: {} };
  #text = '';
  #sought = settle(() => this.dispatchEvent(new CustomEvent('sought', { detail: this.#text })), SETTLE_MS);

  opened() {
    this.own(bind([{ key: '/', label: 'key.search', run: () => this.querySelector('input').select() }]));
    this.own(() => this.#sought.cancel());
  }

  #typed(event) {
    this.#text = event.target.value.trim();
    this.#sought();
  }

  render() {
    return html`<div class="search">${icon('search')}
      <input type="search" aria-label=${this.label} placeholder="${this.label}  ( / )" .value=${this.value ?? ''} @input=${this.#typed} autocomplete="off" spellcheck="false">
    </div>`;
  }
}

customElements.define('ac-search', Search);
