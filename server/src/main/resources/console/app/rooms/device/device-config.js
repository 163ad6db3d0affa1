import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { complain, say } from '../../ui/toast.js';
import { ago } from '../../ui/time.js';
import { awayNotice } from './device-action.js';
import { editDialog, lockDialog, rollbackDialog, submitRollback } from './config-edit.js';
import { DeviceTab } from './device-tab.js';
import { plain } from '../../ui/schema-form.js';

const CHANGES = ['engineer', 'coordinator', 'firmware'];

/** What a device should be beside what it says it is, with every version of the former: who wanted it, when and why. */
class DeviceConfig extends DeviceTab {
  #state = this.whole(async (signal) => {
    const { data, etag } = await api.read(`${this.path}/state`, { signal });
    return { ...data, etag };
  });
  #versions = this.part('/desired/versions?limit=100', (answer) => answer.items ?? []);
  #locks = this.whole(async (signal) => {
    const { data, etag } = await api.read(`${this.path}/desired/locks`, { signal });
    return { ...data, etag };
  });

  get #done() {
    return () => this.again();
  }

  #row(name, state, changes) {
    const { desired, reported, keys, locked = [] } = state;
    const how = keys?.[name];
    return html`<tr class=${how && how.state !== 'inSync' ? 'drifted' : ''}>
      <td class="mono">${name} ${locked.includes(name) ? html`<span title=${t('config.locked')}>${icon('lock')}<span class="unseen">${t('config.locked')}</span></span>` : nothing}</td>
      <td class="mono wrap" dir="auto">${plain(desired?.[name])}</td>
      <td class="mono wrap" dir="auto">${plain(reported?.[name])}</td>
      <td>${how ? html`${badge('config', how.state)} <span class="muted small">${ago(how.since)}</span>` : html`<span class="muted small">${t('config.unwanted')}</span>`}</td>
      <td class="num">${changes && !locked.includes(name) ? html`<button class="plain" @click=${() => editDialog(this, state, this.#done, name)}>${t('config.change')}<span class="unseen"> ${name}</span></button>` : nothing}</td></tr>`;
  }

  #compared(state) {
    const names = [...new Set([...Object.keys(state.desired ?? {}), ...Object.keys(state.reported ?? {})])];
    const changes = may(...CHANGES);
    const tools = html`<span class="right row">
      ${changes ? html`<button class="primary" @click=${() => editDialog(this, state, this.#done)}>${icon('edit')}${t('config.edit')}</button>` : nothing}
      ${may('engineer', 'firmware') ? html`<button @click=${() => lockDialog(this, names, this.#locks.value, this.#done)}>${icon('lock')}${t('config.locks')}</button>` : nothing}</span>`;
    const off = Object.values(state.keys ?? {}).filter((one) => one.state !== 'inSync').length;
    return card(t('config.title'), names.length ? html`
      <p class="body muted">${off ? t(state.sent ? 'config.sent' : 'config.off', { count: off }) : state.version ? t('config.insync', { version: state.version }) : t('config.nothing')}</p>
      <div class="scroll-x"><table class="list config"><thead><tr>${['name', 'desired', 'reported', 'state'].map((head) => html`<th scope="col">${t(`config.${head}`)}</th>`)}<th><span class="unseen">${t('config.change')}</span></th></tr></thead>
        <tbody>${names.sort().map((name) => this.#row(name, state, changes))}</tbody></table></div>`
      : empty('device', t('config.empty'), t('config.empty.next')), { extra: tools, flush: true });
  }

  #change(one) {
    return html`<li class="small"><span class="mono">${one.key}</span> <span class="mono muted">${plain(one.from)}</span> → <span class="mono">${plain(one.to)}</span></li>`;
  }

  async #undo(version, state) {
    try {
      await submitRollback(this, state, { to: version.version - 1, why: t('config.tookback', { version: version.version }) });
      say(t('config.rolled', { version: version.version - 1 }));
      await this.again();
    } catch (failure) {
      complain(failure);
    }
  }

  #history(state) {
    return card(t('config.versions'), show(this.#versions, (items) => (items.length
      ? html`<ol class="versions">${items.map((one) => html`<li>
          <div class="row"><strong>${t('config.version', { version: one.version })}</strong>${one.version === state.version ? html`<span class="badge good">${icon('check')}${t('config.now')}</span>` : nothing}
            ${one.restores == null ? nothing : html`<span class="muted small">${t('config.restores', { version: one.restores })}</span>`}<span class="right muted small">${one.by} · ${ago(one.at)}</span></div>
          ${one.why ? html`<div dir="auto">${one.why}</div>` : nothing}
          <ul>${one.changes.map((change) => this.#change(change))}</ul>
          ${may(...CHANGES) && one.version !== state.version ? html`<button class="plain" @click=${() => rollbackDialog(this, state, one, this.#done)}>${icon('undo')}${t('config.rollback')}<span class="unseen"> ${t('config.version', { version: one.version })}</span></button>` : nothing}
          ${may(...CHANGES) && one.version === state.version && one.version > 0 ? html`<button class="plain" @click=${() => this.#undo(one, state)}>${icon('undo')}${t('config.takeback')}</button>` : nothing}
        </li>`)}</ol>`
      : html`<p class="muted">${t('config.versions.none')}</p>`)));
  }

  render() {
    return html`${awayNotice(this.device)}<div class="columns">
      <div class="stack">${show(this.#state, (state) => this.#compared(state))}</div>
      <div class="stack">${this.#state.value ? this.#history(this.#state.value) : nothing}</div></div>`;
  }
}

customElements.define('ac-device-config', DeviceConfig);
