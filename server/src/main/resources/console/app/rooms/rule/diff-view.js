import { html } from 'lit';
import { t } from '../../core/i18n.js';
import { diff, hunks } from './diff.js';

const SIGN = { same: ' ', gone: '−', new: '+' };

/** Two texts and what differs, with a sign before each changed line; `all` shows also what is far from a change. */
export function diffView(before, after, all = false) {
  const lines = diff(before.trimEnd(), after.trimEnd());
  const shown = all ? lines : hunks(lines);
  if (!lines.some(([kind]) => kind !== 'same')) return html`<p class="muted body">${t('diff.same')}</p>`;
  return html`<div class="diff" tabindex="0" role="group" aria-label=${t('diff.label')}>${shown.map((line) => (line === null
    ? html`<div class="gap">⋯</div>`
    : html`<div class=${line[0]}><span class="n">${line[2] ?? ''}</span><span class="n">${line[3] ?? ''}</span><span class="sign">${SIGN[line[0]]}</span><code>${line[1]}</code></div>`))}</div>`;
}
