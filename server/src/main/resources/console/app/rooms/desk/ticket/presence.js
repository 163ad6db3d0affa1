import { html, nothing } from 'lit';
import { View } from '../../../core/view.js';
import { api } from '../../../core/api.js';
import { onEvent } from '../../../core/live.js';
import { user } from '../../../core/session.js';
import { t } from '../../../core/i18n.js';
import { icon } from '../../../ui/icons.js';

const TELL_MS = 12_000;
const TYPING_MS = 8_000;
let typedAt = 0;

/** Says that this person writes; told to the others with the next word to the server. */
export function typing() {
  const begins = Date.now() - typedAt > TYPING_MS;
  typedAt = Date.now();
  if (begins) dispatchEvent(new CustomEvent('aftercare:typing'));
}

/** Who else has the case open. Whoever says nothing for half a minute is gone. */
class Presence extends View {
  static properties = { ticketId: {}, others: { state: true } };

  opened() {
    this.others = [];
    const tell = () => this.#tell();
    const every = setInterval(() => document.hidden || tell(), TELL_MS);
    addEventListener('aftercare:typing', tell);
    this.own(() => clearInterval(every));
    this.own(() => removeEventListener('aftercare:typing', tell));
    this.own(onEvent((name, data) => name === 'ticket.presence' && String(data.id) === String(this.ticketId) && data.user !== user.username && tell()));
    tell();
  }

  /** Presence is a courtesy: that it could not be told is no matter for who works on the case. */
  async #tell() {
    const told = await api.post(`/tickets/${encodeURIComponent(this.ticketId)}/presence`, { typing: Date.now() - typedAt < TYPING_MS }, { quiet: true }).catch(() => null);
    if (told && this.isConnected) this.others = told.others.filter((one) => one.user !== user.username);
  }

  render() {
    const writing = this.others.find((one) => one.typing);
    return html`<span aria-live="polite">${this.others.length ? html`<span class="badge warning">${icon('eye')}${writing ? t('presence.types', { who: writing.user }) : t(this.others.length === 1 ? 'presence.one' : 'presence.many', { who: this.others.map((one) => one.user).join(', ') })}</span>` : nothing}</span>`;
  }
}

customElements.define('ac-presence', Presence);
