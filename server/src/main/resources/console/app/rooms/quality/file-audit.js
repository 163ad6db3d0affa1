import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day, number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge, dress } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { act } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';

dress({ findingState: { open: ['critical', 'alert'], closed: ['good', 'done'] } });

/** One audit of the archive: which files were drawn, what was found, and what was done about it. */
class CaseFileAudit extends View {
  static properties = { auditId: {} };
  #load = new Load(this, (signal) => api.get(`/case-file-audits/${encodeURIComponent(this.auditId)}`, { signal }));

  opened() {
    this.#load.restart();
  }

  updated() {
    title(t('nav.case-file-audits'));
  }

  #find() {
    act({ title: t('finding.new'), path: `/case-file-audits/${this.auditId}/findings`, body: () => [field({ label: t('loan.file'), name: 'file', maxlength: 20 }), area({ label: t('finding.text'), name: 'text', required: true, maxlength: 2000 })], done: () => this.#load.run() });
  }

  #close(one) {
    act({ title: t('finding.close'), path: `/case-file-findings/${one.id}/close`, confirm: t('finding.close'), body: () => [html`<p class="muted" dir="auto">${one.text}</p>`, area({ label: t('finding.action'), name: 'action', required: true, maxlength: 2000 })], done: () => this.#load.run() });
  }

  #findings(findings) {
    const add = may('quality', 'auditor') ? html`<button class="right" @click=${() => this.#find()}>${icon('plus')}${t('finding.new')}</button>` : nothing;
    return card(t('fileaudit.findings'), findings.length ? plainTable([
      ['finding.state', (one) => badge('findingState', one.state)], ['loan.file', (one) => (one.file ? html`<a class="mono" target="_blank" rel="noopener" href=${`/api/v1/case-files/${one.file}/content`}>${one.file}</a>` : '–')],
      ['finding.text', (one) => html`<span dir="auto">${one.text}</span>${one.action ? html`<div class="small muted">${typed(one.action)}</div>` : nothing}`, 'wide'], ['finding.by', (one) => `${one.foundBy}, ${day(one.foundAt)}`, 'muted nowrap'],
      [null, (one) => (one.state === 'open' && may('quality') ? html`<button @click=${() => this.#close(one)}>${t('finding.close')}</button>` : html`<span class="muted small">${one.closedBy ?? ''}</span>`), 'nowrap'],
    ], findings) : empty('done', t('finding.none'), t('finding.none.next')), { extra: add, flush: true });
  }

  render() {
    return html`<div class="page">
      <div class="crumb"><a href=${href('case-file-audits')}>${icon('back')}${t('nav.case-file-audits')}</a></div>
      ${show(this.#load, (one) => html`<header class="head"><h1>${t('fileaudit.title', { day: day(one.at) })}</h1></header>
        <div class="columns"><div class="stack">${this.#findings(one.findings)}</div>
          <div class="stack">${card(t('complaint.facts'), facts([[t('check.by'), one.by], [t('fileaudit.span'), `${day(one.from)} – ${day(one.to)}`], [t('fileaudit.files'), t('sample.share', { drawn: number(one.files.length), of: number(one.population) })], [t('sample.seed'), html`<span class="mono">${one.seed}</span>`]]))}
            ${card(t('fileaudit.drawn'), html`<div class="row">${one.files.map((file) => html`<a class="mono" target="_blank" rel="noopener" href=${`/api/v1/case-files/${file}/content`}>${file}</a>`)}</div>`)}</div></div>`)}
    </div>`;
  }
}

customElements.define('ac-case-file-audit', CaseFileAudit);
