import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { gather, Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { assignee } from '../../ui/assignee.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act, edit, run } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago, at } from '../../ui/time.js';
import { spark } from '../../chart/spark.js';
import { stack } from './crash-parts.js';
import { listed, READERS } from './device-read.js';

const GATHER_MS = 500;
const DECIDES = ['engineer', 'quality', 'firmware'];

/** One kind of crash: its stack with names, how often and where it comes, and what becomes of it. */
class CrashGroup extends View {
  static properties = { groupId: {} };
  #group = new Load(this, (signal) => api.get(this.#path(), { signal }));
  #crashes = new Load(this, (signal) => listed(READERS.crashes, `${this.#path()}/crashes?limit=50`, signal));
  #reload = gather(() => this.#again(), GATHER_MS);

  #path() {
    return `/crash-groups/${encodeURIComponent(this.groupId)}`;
  }

  #again = () => Promise.all([this.#group.run(), this.#crashes.run()]);

  opened() {
    this.own(onEvent((name, data) => (name === 'reset' || (name === 'crash-group.changed' && data.id === this.groupId)) && this.#reload()));
    this.own(() => this.#reload.cancel());
    this.own(bind([{ key: 'Escape', label: 'key.crashes', run: () => go('crashes') }]));
    this.#again();
  }

  updated() {
    title(this.#group.value?.title);
  }

  #step(group, step, body, words) {
    return run(() => api.post(`${this.#path()}/${step}`, body, { etag: `"${group.version}"` }).then(this.#again), words);
  }

  #resolve(group) {
    edit({
      title: t('crash.resolve.of'), confirm: t('crash.resolve'), path: this.#path(), to: `${this.#path()}/resolve`, method: 'post', words: t('crash.resolved'), done: this.#again,
      body: () => html`<p class="muted">${t('crash.resolve.what', { seen: group.firmwares.join(', ') })}</p>
        ${field({ label: t('crash.resolvedin'), name: 'firmware', required: true, maxlength: 200 })}${area({ label: t('crash.why'), name: 'why', maxlength: 500 })}`,
      change: ({ firmware, why }) => ({ firmware, ...(why && { why }) }),
    });
  }

  #assign() {
    edit({
      title: t('crash.assign'), confirm: t('crash.assign'), path: this.#path(), to: `${this.#path()}/assign`, method: 'post', words: t('crash.assigned'), done: this.#again,
      body: (now) => assignee({ label: t('crash.assignee'), name: 'assignee', value: now.assignee, hint: t('crash.assign.hint') }),
      change: ({ assignee }) => ({ assignee: assignee || null }),
    });
  }

  async #merge(group) {
    const others = (await api.get(`/crash-groups?model=${encodeURIComponent(group.model)}&limit=100`)).items.filter((one) => one.id !== group.id);
    act({
      title: t('crash.merge'), confirm: t('crash.merge'), danger: true, path: `${this.#path()}/merge`, etag: `"${group.version}"`, words: t('crash.merged'),
      body: () => html`<p class="muted">${t('crash.merge.what')}</p>${choice({ label: t('crash.into'), name: 'into', required: true, options: others.map((one) => [one.id, one.title]) })}`,
      done: (into) => go('crashgroup', into.id),
    });
  }

  #doings(group) {
    if (!may(...DECIDES)) return nothing;
    const resolved = group.state === 'resolved';
    return html`<div class="actionbar">
      ${resolved ? html`<button @click=${() => this.#step(group, 'reopen', {}, t('crash.reopened'))}>${icon('retry')}${t('crash.reopen')}</button>`
        : html`<button class="primary" @click=${() => this.#resolve(group)}>${icon('check')}${t('crash.resolve')}</button>
          ${group.assignee === user.username ? nothing : html`<button @click=${() => this.#step(group, 'assign', { assignee: user.username }, t('crash.assigned'))}>${icon('person')}${t('crash.mine')}</button>`}
          <button @click=${() => this.#assign()}>${t('crash.assign')}</button>`}
      <button @click=${() => this.#merge(group)}>${t('crash.merge')}</button>
      <button @click=${() => run(() => api.post(`${this.#path()}/reprocess`, {}).then(this.#again), t('crash.again.done'))}>${icon('retry')}${t('crash.again')}</button></div>`;
  }

  #missing(newest) {
    if (!newest?.missing?.length) return nothing;
    return html`<div class="notice row">${icon('alert')}<span>${t('crash.missing', { builds: newest.missing.map((one) => one.slice(0, 12)).join(', ') })}</span><a href=${href('symbols')}>${t('nav.symbols')}</a></div>`;
  }

  #stacks(newest) {
    if (!newest?.threads?.length) return nothing;
    const threads = [...newest.threads].sort((a, b) => Number(b.crashed) - Number(a.crashed));
    return card(html`${t('crash.stack')}`, html`${threads.map((thread, i) => html`<details ?open=${i === 0}><summary><strong>${thread.name}</strong>${thread.crashed ? html` <span class="badge critical">${icon('error')}${t('crash.here')}</span>` : nothing}</summary>${stack(thread)}</details>`)}`,
      { extra: html`<span class="right muted small">${t('crash.newest')} <a class="mono" href=${href('device', newest.device)}>${newest.device}</a> ${ago(newest.at)}</span>` });
  }

  #list(items) {
    if (!items.length) return nothing;
    return card(t('crash.all'), plainTable([
      ['crash.at', (one) => html`<a href=${href('crash', one.id)}>${at(one.at)}</a>`, 'nowrap'],
      ['device.id', (one) => html`<a class="mono" href=${href('device', one.device, { tab: 'crashes' })}>${one.device}</a>`, 'wide'],
      ['crash.firmware', (one) => one.firmware ?? '–', 'mono'],
      ['crash.state', (one) => badge('crash', one.state)],
      ['crash.dump', (one) => (one.dump?.state && one.dump.state !== 'none' ? badge('dump', one.dump.state) : '–')],
    ], items, { caption: t('crash.all') }), { flush: true });
  }

  render() {
    return html`<div class="page">${show(this.#group, (group) => html`
      <div class="headline"><div class="crumb"><a href=${href('crashes')}>${t('nav.crashes')}</a> / <span class="mono">${group.process}</span></div>
        <h1 dir="auto">${group.title}</h1>
        <div class="row">${badge('crashgroup', group.state)}<span>${t('crash.counts', { crashes: number(group.crashes), devices: number(group.devices) })}</span><span class="muted">${t('crash.last')} ${ago(group.lastSeen)}</span></div></div>
      ${this.#doings(group)}
      <div class="columns"><div class="stack">${this.#missing(group.newest)}${this.#stacks(group.newest)}${show(this.#crashes, (items) => this.#list(items))}</div>
        <div class="stack">${card(t('crash.trend'), html`${spark(group.trend.map((one) => one.crashes), t('crash.trend'))}<p class="muted small">${t('crash.trend.words', { now: group.trend.at(-1)?.crashes ?? 0, all: group.trend.reduce((sum, one) => sum + one.crashes, 0) })}</p>`)}
          ${card(t('device.facts'), facts([
            [t('crash.model'), group.model], [t('crash.firmware'), html`<span class="mono">${group.firmwares.join(', ')}</span>`], [t('symbols.module'), html`<span class="mono">${group.module}</span>`],
            [t('symbols.build'), group.buildId && html`<span class="mono print">${group.buildId}</span>`], [t('crash.first'), at(group.firstSeen)], [t('crash.last'), at(group.lastSeen)],
            [t('crash.assignee'), group.assignee], [t('crash.resolvedin'), group.resolvedIn && html`<span class="mono">${group.resolvedIn}</span>`], [t('crash.regressedin'), group.regressedIn && html`<span class="mono">${group.regressedIn}</span>`],
          ]))}</div></div>`)}</div>`;
  }
}

customElements.define('ac-crashgroup', CrashGroup);
