import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { href } from '../../core/router.js';
import { number } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ago } from '../../ui/time.js';

const HEADS = [['title'], ['state'], ['model'], ['crashes', 'num'], ['devices', 'num'], ['last'], ['assignee']];

/** Groups of crashes as a table; `rows` draws the body where a list is long. */
export function groupsTable(groups, { rows = repeat, mark = () => 'link', click = () => nothing } = {}) {
  return html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr>${HEADS.map(([head, look = '']) => html`<th scope="col" class=${look}>${t(`crash.${head}`)}</th>`)}</tr></thead>
    <tbody>${rows(groups, (one) => one.id, (one) => html`<tr class=${mark(one.id)} @click=${click(one.id)}>
      <td class="wide"><a class="title" href=${href('crashgroup', one.id)} dir="auto">${one.title}</a><div class="muted small mono">${one.process}</div></td>
      <td>${badge('crashgroup', one.state)}${one.regressedIn ? html`<div class="small mono">${one.regressedIn}</div>` : nothing}</td><td class="nowrap">${one.model}</td>
      <td class="num">${number(one.crashes)}</td><td class="num">${number(one.devices)}</td><td class="nowrap">${ago(one.lastSeen)}</td><td>${one.assignee ?? '–'}</td></tr>`)}</tbody></table></div>`;
}

/** Why it crashed, in the device's words; what is said twice is said once. */
export function said({ reason, message }) {
  return message?.startsWith(reason ?? '') ? message : [reason, message].filter(Boolean).join(': ');
}

function place(one) {
  return html`<div><span class="mono">${one.function}</span>${one.file ? html` <span class="muted mono small">${one.file}:${one.line}</span>` : nothing}</div>`;
}

/** A stack, the innermost call first; a call without a name shows its module and offset. */
export function stack(thread) {
  return html`<ol class="stacked">${thread.stack.map((frame, i) => html`<li class=${frame.places?.length ? '' : 'unnamed'}><span class="muted small n">${i}</span><div>
    ${frame.places?.length ? frame.places.map(place) : html`<div class="mono">${frame.module}+${frame.offset}</div>`}
    <div class="muted small mono">${frame.module}${frame.symbols ? nothing : html` · ${t('crash.nosymbols')}`}</div></div></li>`)}</ol>`;
}
