import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { bytes } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { ask } from '../../ui/dialog.js';
import { act, run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { said, stack } from './crash-parts.js';

/** One crash: every stack, the modules, and its dump. That it was looked at is in the audit. */
class Crash extends View {
  static properties = { crashId: {} };
  #crash = new Load(this, (signal) => api.get(this.#path(), { signal }));

  #path() {
    return `/crashes/${encodeURIComponent(this.crashId)}`;
  }

  opened() {
    this.#crash.restart();
  }

  updated() {
    title(this.#crash.value && said(this.#crash.value));
  }

  #askDump() {
    act({
      title: t('crash.askdump'), confirm: t('crash.askdump'), path: `${this.#path()}/dump`, words: t('crash.dumpasked'), done: () => this.#crash.run(),
      body: () => html`<p class="muted">${t('crash.askdump.what')}</p>${field({ label: t('run.ticket'), name: 'ticket', maxlength: 64 })}${area({ label: t('run.why'), name: 'why', maxlength: 500 })}`,
    });
  }

  #destroy(crash) {
    ask({
      title: t('crash.destroy'), confirm: t('crash.destroy'), danger: true,
      body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 }),
      submit: async ({ reason }) => {
        await api.delete(withQuery(`${this.#path()}/dump`, { reason }), { etag: `"${crash.version}"` });
        say(t('crash.destroyed'));
        await this.#crash.run();
      },
    });
  }

  #doings(crash) {
    const has = ['unread', 'report', 'opaque'].includes(crash.dump?.state);
    return html`<span class="right row">
      ${may('engineer', 'quality', 'firmware') ? html`<button @click=${() => run(() => api.post(`${this.#path()}/reprocess`, {}).then(() => this.#crash.run()), t('crash.again.done'))}>${icon('retry')}${t('crash.again')}</button>` : nothing}
      ${has && may('engineer', 'firmware') ? html`<a class="button" href=${`/api/v1${this.#path()}/dump`} download>${icon('down')}${t('crash.download')} (${bytes(crash.dump.bytes)})</a>
        <button class="danger" @click=${() => this.#destroy(crash)}>${t('crash.destroy')}</button>` : nothing}
      ${!has && may('agent', 'engineer') ? html`<button @click=${() => this.#askDump()}>${icon('down')}${t('crash.askdump')}</button>` : nothing}</span>`;
  }

  #modules(modules) {
    return card(t('crash.modules'), plainTable([
      ['symbols.module', (one) => one.name, 'mono'],
      ['symbols.build', (one) => html`<span class="print">${one.buildId ?? '–'}</span>`, 'mono wide'],
      ['crash.symbols', (one) => (one.missing ? badge('crash', 'symbols-missing') : '–')],
    ], modules, { caption: t('crash.modules') }), { flush: true });
  }

  render() {
    return html`<div class="page">${show(this.#crash, (crash) => html`
      <div class="headline"><div class="crumb"><a href=${href('crashes')}>${t('nav.crashes')}</a> / <a href=${href('crashgroup', crash.group)}>${t('crash.group')}</a></div>
        <div class="row"><h1 dir="auto">${said(crash)}</h1>${this.#doings(crash)}</div>
        <div class="row">${badge('crash', crash.state)}<a class="mono" href=${href('device', crash.device, { tab: 'crashes' })}>${crash.device}</a><span class="muted">${at(crash.at)}</span></div></div>
      <div class="columns"><div class="stack">${(crash.threads ?? []).map((thread) => card(html`${thread.name}${thread.crashed ? html` <span class="badge critical">${icon('error')}${t('crash.here')}</span>` : nothing}`, stack(thread)))}
        ${crash.modules?.length ? this.#modules(crash.modules) : nothing}</div>
        <div class="stack">${card(t('device.facts'), facts([
          [t('crash.model'), crash.model], [t('crash.firmware'), html`<span class="mono">${crash.firmware}</span>`], [t('crash.process'), html`<span class="mono">${crash.process}</span>`],
          [t('crash.at'), at(crash.at)], [t('crash.received'), at(crash.receivedAt)], [t('crash.dump'), crash.dump?.state === 'none' ? null : term('dump', crash.dump?.state)], [t('run.error'), crash.error],
        ]))}</div></div>`)}</div>`;
  }
}

customElements.define('ac-crash', Crash);
