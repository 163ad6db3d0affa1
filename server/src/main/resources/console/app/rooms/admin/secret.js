import { html } from 'lit';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { say } from '../../ui/toast.js';

/** Shows a secret that is shown this once. */
export function once(title, secret) {
  const copy = async () => {
    await navigator.clipboard.writeText(secret);
    say(t('secret.copied'));
  };
  ask({ title, body: () => html`<p>${t('secret.once')}</p><code class="source print" tabindex="0">${secret}</code><div><button type="button" @click=${copy}>${t('secret.copy')}</button></div>` });
}
