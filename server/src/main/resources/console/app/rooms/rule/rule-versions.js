import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { at } from '../../ui/time.js';
import { complain, say } from '../../ui/toast.js';
import { diffView } from './diff-view.js';
import { activateDialog } from './rule-steps.js';

/** Every version of a rule: when it was in force by whose hand, what it changed, and the way back to it. */
class RuleVersions extends View {
  static properties = { versions: { attribute: false }, page: { attribute: false }, left: { state: true }, right: { state: true } };

  willUpdate() {
    this.right ??= this.versions[0]?.version;
    this.left ??= (this.versions.find((one) => one.active && one.version !== this.right) ?? this.versions[1])?.version;
  }

  #source(version) {
    return this.versions.find((one) => one.version === version)?.source ?? '';
  }

  async #rollback() {
    const id = this.page.ruleId;
    const from = this.versions.find((one) => one.active)?.version;
    try {
      await api.post(`/rules/${encodeURIComponent(id)}/rollback`, undefined, { etag: `"${from}"` });
      say(t('rollback.done'), async () => {
        await api.post(`/rules/${encodeURIComponent(id)}/activate`, { version: from });
        await this.page.refresh();
      });
      await this.page.refresh();
    } catch (failure) {
      complain(failure);
      if (failure.status === 412) await this.page.refresh();
    }
  }

  #stand(one) {
    if (one.active) return badge('version', 'active');
    return badge('version', one.inForce?.length ? 'earlier' : 'draft');
  }

  #row(one) {
    return html`<tr>
      <td class="num"><b>${one.version}</b></td><td>${this.#stand(one)}</td><td>${one.author}</td><td class="nowrap">${at(one.at)}</td>
      <td class="wide small muted">${(one.inForce ?? []).map((span) => html`<div>${at(span.from)} – ${span.until ? at(span.until) : t('version.now')}, ${span.by}</div>`)}</td>
      ${this.versions.length < 2 ? nothing : html`<td class="nowrap"><label class="row nowrap small"><input type="radio" name="left" aria-label=${t('version.left', { version: one.version })} ?checked=${one.version === this.left} @change=${() => (this.left = one.version)}><input type="radio" name="right" aria-label=${t('version.right', { version: one.version })} ?checked=${one.version === this.right} @change=${() => (this.right = one.version)}></label></td>`}
      ${may('engineer', 'quality') ? html`<td class="nowrap"><button class="plain" @click=${() => this.page.take(one.source)}>${t('version.edit')}</button>
        ${one.active ? nothing : html`<button class="plain" data-version=${one.version} @click=${() => activateDialog(this.page, { id: this.page.ruleId, versions: this.versions, inForce: this.versions.find((each) => each.active)?.version, version: one.version })}>${t('rule.activate')}</button>`}</td>` : nothing}
    </tr>`;
  }

  render() {
    const back = may('engineer', 'quality') && this.versions.filter((one) => one.inForce?.length).length > 1;
    return html`<div class="stack">
      <section class="card">
        <header><h2>${t('ruleTab.versions')}</h2>${back ? html`<button class="right" data-do="rollback" @click=${() => this.#rollback()}>${icon('undo')}${t('rule.rollback')}</button>` : nothing}</header>
        <div class="scroll-x" tabindex="0"><table class="list">
          <thead><tr><th scope="col" class="num">${t('rule.version')}</th><th scope="col">${t('rule.state')}</th><th scope="col">${t('version.author')}</th><th scope="col">${t('version.at')}</th><th scope="col">${t('version.inForce')}</th>${this.versions.length < 2 ? nothing : html`<th scope="col">${t('version.compare')}</th>`}${may('engineer', 'quality') ? html`<th scope="col"><span class="unseen">${t('rule.actions')}</span></th>` : nothing}</tr></thead>
          <tbody>${this.versions.map((one) => this.#row(one))}</tbody>
        </table></div>
      </section>
      ${this.left && this.right && this.left !== this.right ? html`<section class="card">
        <header><h2>${t('version.diff', { left: this.left, right: this.right })}</h2></header>
        <div class="body">${diffView(this.#source(this.left), this.#source(this.right))}</div>
      </section>` : nothing}
    </div>`;
  }
}

customElements.define('ac-rule-versions', RuleVersions);
