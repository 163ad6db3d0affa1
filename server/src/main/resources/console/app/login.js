import { html, nothing } from 'lit';
import { View } from './core/view.js';
import { signIn } from './core/session.js';
import { brand, languageSwitch } from './ui/nav.js';
import { failed } from './ui/states.js';
import { t } from './core/i18n.js';

/** The way in. Fires `entered` once the server has set the session's cookie; what was typed survives a refusal. */
class Login extends View {
  static properties = { known: {}, busy: { state: true }, failure: { state: true } };

  firstUpdated() {
    this.querySelector(this.known ? 'input[name=password]' : 'input').focus();
  }

  async #submit(event) {
    event.preventDefault();
    const { username, password } = Object.fromEntries(new FormData(event.target));
    this.busy = true;
    this.failure = null;
    try {
      await signIn(username, password);
      this.dispatchEvent(new CustomEvent('entered'));
    } catch (failure) {
      this.failure = failure.status === 401 ? { title: t('login.refused') } : failure;
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<div class="signin" role=${this.known == null ? 'main' : nothing}>
      <form @submit=${this.#submit}>
        <div class="row">${brand()}<span class="right"></span>${languageSwitch()}</div>
        <h1>${t('login.title')}</h1>
        <label class="field">${t('login.username')}<input name="username" .value=${this.known ?? ''} autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
        <label class="field">${t('login.password')}<input name="password" type="password" autocomplete="current-password" required></label>
        ${this.failure ? failed(this.failure) : nothing}
        <button class="primary" ?disabled=${this.busy}>${t('login.enter')}</button>
      </form>
    </div>`;
  }
}

customElements.define('ac-login', Login);
