import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { exact, number } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { at } from '../../ui/time.js';
import { complain, say } from '../../ui/toast.js';

const LEVELS = ['debug', 'info', 'warning', 'error', 'critical'];
const LEVEL_ICONS = { critical: 'error', error: 'error', warning: 'alert' };
const PAGE = 200;
const SETTLE_MS = 300;

/** The lines of one log, searched by text or expression and by level; what was taken out of it is said, and each reading is in the audit. */
class LogView extends View {
  static properties = { log: { attribute: false }, reads: { type: Boolean }, q: { state: true }, regex: { state: true }, level: { state: true } };
  q = '';
  regex = false;
  level = '';
  #timer = 0;
  #shown = null;
  #lines = new Load(this, async (signal) => {
    if (this.log.state !== 'ready' || !this.reads) return { items: [] };
    return api.get(this.#where(), { signal });
  });

  #where(cursor) {
    return withQuery(`/logs/${encodeURIComponent(this.log.id)}/lines`, { q: this.q, regex: this.q && this.regex ? 'true' : null, level: this.level, limit: PAGE, cursor });
  }

  opened() {
    this.own(() => clearTimeout(this.#timer));
  }

  willUpdate() {
    const now = `${this.log.id} ${this.log.state}`;
    if (now === this.#shown) return;
    this.#shown = now;
    this.#lines.restart();
  }

  #search(change) {
    Object.assign(this, change);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#lines.run(), SETTLE_MS);
  }

  async #more() {
    const { items, next } = this.#lines.value;
    try {
      const answer = await api.get(this.#where(next));
      this.#lines.value = { items: [...items, ...answer.items], next: answer.next };
      this.requestUpdate();
    } catch (failure) {
      complain(failure);
    }
  }

  #purge() {
    ask({
      title: t('log.purge'), confirm: t('log.purge'), danger: true,
      body: () => html`<p>${t('log.purge.what')}</p>`,
      submit: async () => {
        await api.delete(`/logs/${encodeURIComponent(this.log.id)}`);
        say(t('log.purgedone'));
        this.dispatchEvent(new CustomEvent('purged'));
      },
    });
  }

  /** The text with what was sought marked; an expression is the server's to find. */
  #marked(text) {
    const q = this.q.toLowerCase();
    const place = q && !this.regex ? text.toLowerCase().indexOf(q) : -1;
    if (place < 0) return text;
    return html`${text.slice(0, place)}<mark>${text.slice(place, place + q.length)}</mark>${text.slice(place + q.length)}`;
  }

  #line(line) {
    return html`<tr class=${line.level ?? ''}><td class="n">${line.n}</td><td class="nowrap muted">${line.at ? exact(line.at) : ''}</td>
      <td class="nowrap level">${line.level ? html`${LEVEL_ICONS[line.level] ? icon(LEVEL_ICONS[line.level]) : nothing}${term('loglevel', line.level)}` : ''}</td><td class="text" dir="auto">${this.#marked(line.text)}</td></tr>`;
  }

  #tools() {
    return html`<div class="row body">
      <span class="search">${icon('search')}<input type="search" aria-label=${t('log.search')} placeholder=${t('log.search')} .value=${this.q} @input=${(event) => this.#search({ q: event.target.value })} autocomplete="off" spellcheck="false"></span>
      <label class="row small"><input type="checkbox" .checked=${this.regex} @change=${(event) => this.#search({ regex: event.target.checked })}>${t('log.regex')}</label>
      <select class="slim" aria-label=${t('log.level')} @change=${(event) => this.#search({ level: event.target.value })}><option value="">${t('log.anylevel')}</option>${LEVELS.map((one) => html`<option value=${one} ?selected=${one === this.level}>${t('log.atleast', { level: term('loglevel', one) })}</option>`)}</select>
      <a class="button right" href=${`/api/v1/logs/${encodeURIComponent(this.log.id)}/content`} download>${icon('down')}${t('log.download')}</a>
      ${may('engineer', 'coordinator') ? html`<button class="danger" @click=${() => this.#purge()}>${t('log.purge')}</button>` : nothing}</div>`;
  }

  #head() {
    const { log } = this;
    const redacted = Object.entries(log.redacted ?? {}).filter(([, count]) => count > 0);
    return html`<div class="body">${facts([
      [t('log.for'), log.why],
      [t('run.by'), log.requestedBy],
      [t('run.asked'), at(log.createdAt)],
      [t('log.lines'), log.lineCount == null ? null : number(log.lineCount)],
      [t('log.redacted'), redacted.length ? redacted.map(([kind, count]) => `${term('redacted', kind)} × ${count}`).join(', ') : null],
      [t('log.cut'), log.truncated ? t('log.cut.yes') : null],
      [t('run.error'), log.error],
    ])}</div>`;
  }

  #body() {
    if (this.log.state === 'asked' || this.log.state === 'received') return empty('clock', t('log.wait'), t('log.wait.next'));
    if (this.log.state !== 'ready') return empty('log', term('log', this.log.state), t('log.gone'));
    if (!this.reads) return empty('lock', t('log.forbidden'), t('log.forbidden.next'));
    return html`${this.#tools()}${show(this.#lines, ({ items, next }) => (items.length
      ? html`<div class="lines" tabindex="0"><table><caption class="unseen">${t('log.view')}</caption><tbody>${items.map((one) => this.#line(one))}</tbody></table></div>
        ${next ? html`<div class="more"><button @click=${() => this.#more()}>${t('action.more')}</button></div>` : nothing}`
      : empty('search', t('log.nomatch'), t('log.nomatch.next'))))}`;
  }

  render() {
    return html`<section class="card"><header><h2 class="cut" dir="auto">${t('log.view')}</h2>${badge('log', this.log.state)}</header>${this.#head()}${this.#body()}</section>`;
  }
}

customElements.define('ac-log-view', LogView);
