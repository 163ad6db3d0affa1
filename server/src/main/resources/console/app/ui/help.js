import { html } from 'lit';
import { ask } from './dialog.js';
import { bound, keysOn, setKeysOn } from '../core/keys.js';
import { t } from '../core/i18n.js';

/** The keys that work on the page in view, and the switch for those who do not want them. */
export function help() {
  ask({
    title: t('help.title'),
    body: () => html`<div class="keys">
        ${bound().map((one) => html`<kbd>${one.key === 'Escape' ? 'Esc' : one.key.length === 1 ? one.key.toUpperCase() : one.key}</kbd><span>${t(one.label)}</span>`)}
        <kbd>Esc</kbd><span>${t('key.leave')}</span>
      </div>
      <label class="row"><input type="checkbox" ?checked=${keysOn()} @change=${(event) => setKeysOn(event.target.checked)}>${t('help.switch')}</label>`,
  });
}
