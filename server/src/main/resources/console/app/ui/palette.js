import { html, nothing } from 'lit';
import { createRef, ref } from 'lit/directives/ref.js';
import { View } from '../core/view.js';
import { api, withQuery } from '../core/api.js';
import { bindChord, bound } from '../core/keys.js';
import { gather, Load } from '../core/load.js';
import { go, href } from '../core/router.js';
import { t } from '../core/i18n.js';
import { ROOMS } from '../rooms/rooms.js';
import { icon } from './icons.js';
import { offered } from './nav.js';

const SETTLE_MS = 150;
/** Where a thing that was found is looked at, and its icon. */
const PLACES = {
  ticket: ['tickets', 'queue'], device: ['device', 'device'], customer: ['customer', 'person'], incident: ['incident', 'bolt'], release: ['release', 'release'],
  campaign: ['campaign', 'campaign'], rule: ['rule', 'rule'], article: ['article', 'note'], 'work-order': ['order', 'wrench'], part: ['part', 'release'],
};
let stage = null;

/** Opens the palette: everything that can be gone to or done, by a few letters. */
export function openPalette() {
  stage?.open();
}

function pages() {
  return ROOMS.flatMap((room) => offered(room).map(([name, page]) => ({ shape: page.icon, words: t(`nav.${name}`), sub: t(`room.${room.name}`), run: () => go(name) })));
}

/** What a key of the page in view does. */
function actions() {
  return bound().filter((one) => one.key !== 'Escape' && one.key.length === 1 && !'jk/'.includes(one.key))
    .map((one) => ({ shape: 'bolt', words: t(one.label), key: one.key.toUpperCase(), run: one.run }));
}

/** What the server says beside a thing that was found, with its state in words. */
function subWords({ kind, sub }) {
  return sub?.split(' · ').map((part) => {
    const words = t(`${kind}.${part}`);
    return words.startsWith(`${kind}.`) ? part : words;
  }).join(' · ');
}

function fits(one, words) {
  const text = `${one.words} ${one.sub ?? ''}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

/** A dialog with one field: choices are walked with the arrows and taken with Enter. */
class Palette extends View {
  #open = false;
  #text = '';
  #found = new Load(this, (signal) => this.#look(signal));
  #at = 0;
  #actions = [];
  #box = createRef();
  #search = gather(() => this.#found.run(), SETTLE_MS);

  opened() {
    stage = this;
    this.own(bindChord('k', () => void (this.#open ? this.#box.value.close() : this.open()), { whileTyping: true }));
    this.own(() => this.#search.cancel());
  }

  async open() {
    if (this.#open || document.querySelector('dialog[open]')) return;
    this.#actions = actions();
    this.#open = true;
    this.#text = '';
    this.#at = 0;
    this.#found.restart();
    await this.updateComplete;
    this.#box.value.showModal();
  }

  #closed() {
    this.#open = false;
    this.#text = '';
    this.#found.restart();
  }

  #typed(event) {
    this.#text = event.target.value.trim();
    this.#at = 0;
    this.#search();
    this.requestUpdate();
  }

  async #look(signal) {
    if (!this.#text) return [];
    const { items } = await api.get(withQuery('/search', { q: this.#text }), { signal });
    return (items ?? []).filter((one) => PLACES[one.kind]).map((one) => ({ shape: PLACES[one.kind][1], words: one.title, sub: [t(`found.${one.kind}`), subWords(one)].filter(Boolean).join(' · '), to: href(PLACES[one.kind][0], one.id) }));
  }

  #choices() {
    const words = this.#text.toLowerCase().split(/\s+/).filter(Boolean);
    const known = [...this.#actions, ...pages()].filter((one) => fits(one, words));
    const found = this.#found.error ? [] : this.#found.value ?? [];
    return [...found, ...known];
  }

  #pressed(event) {
    const count = this.#choices().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) {
      event.preventDefault();
      this.#at = (this.#at + step + count) % count;
      this.requestUpdate();
      this.updateComplete.then(() => this.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
    } else if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      this.#take(this.#choices()[this.#at]);
    }
  }

  #take(choice) {
    if (!choice) return;
    this.#box.value.close();
    if (choice.to) location.hash = choice.to;
    else choice.run();
  }

  #row(one, index) {
    return html`<li id="choice-${index}" role="option" aria-selected=${String(index === this.#at)} @click=${() => this.#take(one)}>
      ${icon(one.shape)}<span class="grow cut" dir="auto">${one.words}</span><span class="muted small cut">${one.sub ?? nothing}</span>${one.key ? html`<kbd>${one.key}</kbd>` : nothing}
    </li>`;
  }

  render() {
    if (!this.#open) return nothing;
    const choices = this.#choices();
    return html`<dialog class="palette" ${ref(this.#box)} aria-label=${t('palette.open')} @close=${this.#closed} @click=${(event) => event.target === this.#box.value && this.#box.value.close()}>
      <input type="text" autofocus role="combobox" aria-expanded="true" aria-controls="choices" aria-activedescendant="choice-${this.#at}" aria-label=${t('palette.open')} placeholder=${t('palette.hint')} autocomplete="off" spellcheck="false" @input=${this.#typed} @keydown=${this.#pressed}>
      <ul id="choices" role="listbox" aria-label=${t('palette.open')}>${choices.map((one, index) => this.#row(one, index))}</ul>
      <p class="muted small" role="status">${this.#found.error ? t('palette.failed', { why: this.#found.error.message }) : choices.length ? nothing : t('palette.none', { q: this.#text })}</p>
    </dialog>`;
  }
}

customElements.define('ac-palette', Palette);
