import { html, nothing } from 'lit';
import { View } from './core/view.js';
import { onLostSession } from './core/api.js';
import { bind } from './core/keys.js';
import { onStale, startLive, stopLive } from './core/live.js';
import { current, onRoute } from './core/router.js';
import { forget, resume, signOut, user } from './core/session.js';
import { t } from './core/i18n.js';
import { complain } from './ui/toast.js';
import { failed, skeleton } from './ui/states.js';
import { icon } from './ui/icons.js';
import { nav } from './ui/nav.js';
import { help } from './ui/help.js';
import { page } from './pages.js';
import { find } from './rooms/rooms.js';
import './ui/dialog.js';
import './ui/palette.js';
import './login.js';

/** The whole console: who is there, which page is open, and the frame around it. */
class App extends View {
  #phase = 'starting';
  #failure = null;
  #page = null;
  #route = current();
  #stale = false;
  #menu = false;
  #lost = null;

  opened() {
    this.own(onRoute((route) => this.#show(route)));
    this.own(onStale((stale) => this.#update(() => (this.#stale = stale))));
    this.own(bind([{ key: '?', label: 'key.help', run: help }]));
    onLostSession(() => this.#lose());
    this.#start();
  }

  #update(change) {
    change();
    this.requestUpdate();
  }

  async #start() {
    this.#update(() => (this.#phase = 'starting'));
    try {
      if (await resume()) this.#entered();
      else this.#update(() => (this.#phase = 'signin'));
    } catch (failure) {
      this.#update(() => ([this.#phase, this.#failure] = ['failed', failure]));
    }
  }

  #entered() {
    this.#phase = 'in';
    startLive();
    this.#show(current());
  }

  /** The server forgot the session: who was at work signs in over the page, which keeps everything typed. */
  #lose() {
    if (this.#phase !== 'in' || this.#lost) return;
    stopLive();
    this.#update(() => (this.#lost = user?.username ?? ''));
    this.updateComplete.then(() => this.querySelector('dialog.again')?.showModal());
  }

  /** Whoever signs in as somebody else starts anew: the page was the other one's. */
  #back() {
    const same = user?.username === this.#lost;
    this.#update(() => (this.#lost = null));
    if (!same) location.reload();
    else startLive();
  }

  #left() {
    stopLive();
    forget();
    this.#update(() => ([this.#phase, this.#page] = ['signin', null]));
  }

  async #signOut() {
    try {
      await signOut();
      this.#left();
    } catch (failure) {
      complain(failure);
    }
  }

  async #show(route) {
    this.#route = route;
    this.#menu = false;
    if (this.#phase !== 'in') return;
    const opened = await page(route);
    if (route !== this.#route) return;
    this.dataset.room = find(route.name)?.room.name ?? '';
    this.#update(() => (this.#page = opened));
    await this.updateComplete;
    const main = this.querySelector('.main');
    main?.scrollTo(0, 0);
    main?.focus({ preventScroll: true });
    this.querySelector('.nav [aria-current]')?.scrollIntoView({ block: 'nearest' });
  }

  render() {
    switch (this.#phase) {
      case 'starting':
        return nothing;
      case 'failed':
        return html`<div class="signin">${failed(this.#failure, () => this.#start())}</div>`;
      case 'signin':
        return html`<ac-login @entered=${() => this.#entered()}></ac-login>`;
      default:
        return this.#frame();
    }
  }

  #frame() {
    return html`<div class="shell">
        ${nav({
          route: this.#route, user, stale: this.#stale, open: this.#menu,
          toggle: () => this.#update(() => (this.#menu = !this.#menu)), leave: () => this.#signOut(), redraw: () => this.requestUpdate(),
        })}
        <main class="main" tabindex="-1">
          <div aria-live="polite">${this.#stale ? html`<div class="banner">${icon('alert')}${t('live.stale')}</div>` : nothing}</div>
          ${this.#page ?? skeleton()}
        </main>
      </div>
      <ac-toasts></ac-toasts><ac-dialogs></ac-dialogs><ac-palette></ac-palette>
      ${this.#lost == null ? nothing : html`<dialog class="again" aria-label=${t('login.again')} @cancel=${(event) => event.preventDefault()}>
        <p class="row">${icon('lock')}${t('login.again')}</p><ac-login .known=${this.#lost} @entered=${() => this.#back()}></ac-login></dialog>`}`;
  }
}

customElements.define('aftercare-app', App);
