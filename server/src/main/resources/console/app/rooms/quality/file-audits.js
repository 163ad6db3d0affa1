import { html, nothing } from 'lit';
import { day, number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { act, moment } from '../../ui/edit.js';
import { field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';

/** Audits of the archive: samples of files, each compared with its hash and with the facts. */
class CaseFileAudits extends Register {
  route = 'case-file-audits';
  path = '/case-file-audits';
  icon = 'audit';
  under = 'quality';

  #draw() {
    act({
      title: t('fileaudit.new'), path: '/case-file-audits', confirm: t('sample.draw'), done: (made) => go('case-file-audit', made.id),
      body: () => [pair(field({ label: t('sample.from'), name: 'from', type: 'date' }), field({ label: t('sample.to'), name: 'to', type: 'date' })),
        pair(field({ label: t('sample.size'), name: 'size', type: 'number', min: 1, max: 200, value: 20 }), field({ label: t('sample.seed'), name: 'seed', type: 'number', hint: t('sample.seed.hint') }))],
      change: (values) => ({ from: moment(values.from), to: moment(values.to), size: values.size ? Number(values.size) : undefined, seed: values.seed ? Number(values.seed) : undefined }),
    });
  }

  doings() {
    return may('quality', 'auditor') ? html`<button class="primary" data-do="new" @click=${() => this.#draw()}>${icon('plus')}${t('fileaudit.new')}</button>` : nothing;
  }

  open(one) {
    go('case-file-audit', one.id);
  }

  columns() {
    const open = (one) => one.findings.filter((finding) => finding.state === 'open').length;
    return [
      ['check.at', (one) => html`<a href=${href('case-file-audit', one.id)}>${day(one.at)}</a>`, 'nowrap'], ['check.by', (one) => one.by, 'nowrap'], ['fileaudit.span', (one) => `${day(one.from)} – ${day(one.to)}`, 'wide'],
      ['fileaudit.files', (one) => t('sample.share', { drawn: number(one.files.length), of: number(one.population) }), 'num'],
      ['fileaudit.findings', (one) => html`<span class=${open(one) ? 'tone-critical' : ''}>${t('fileaudit.open', { open: open(one), all: one.findings.length })}</span>`, 'nowrap'],
    ];
  }
}

customElements.define('ac-case-file-audits', CaseFileAudits);
