import { html, nothing } from 'lit';
import { dateWords, weekdayWords } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { icon } from '../../ui/icons.js';
import { plainTable } from '../../ui/table.js';

const DAY_MS = 86_400_000;
const LOOKS = { holiday: ['critical', 'off'], closed: ['warning', 'off'], 'make-up': ['info', 'wrench'] };

/** Days of one kind that follow each other, as one stretch: `{from, to, kind, hours}`. */
export function stretches(days) {
  const all = [];
  for (const one of days) {
    const last = all.at(-1);
    if (last && last.kind === one.kind && last.hours.join() === one.hours.join() && Date.parse(one.date) - Date.parse(last.to) === DAY_MS) last.to = one.date;
    else all.push({ from: one.date, to: one.date, kind: one.kind, hours: one.hours });
  }
  return all;
}

function when({ from, to }) {
  return html`${dateWords(from)}${to === from ? nothing : html` – ${dateWords(to)}`} <span class="muted small">${weekdayWords(from)}${to === from ? nothing : html` – ${weekdayWords(to)}`}</span>`;
}

/** What is otherwise than the week in a year; and a word of warning where nobody entered that year's days off yet. */
export function yearCard({ year, items }, document, { go, edit }) {
  const entered = [...(document.closed ?? []), ...(document.workdays ?? []).map((one) => one.date)].some((one) => one.startsWith(String(year)));
  const others = [...(document.closed ?? []), ...(document.workdays ?? [])].length > 0;
  const bar = html`<span class="row right"><button class="plain square" aria-label=${t('calendar.year.before')} @click=${() => go(year - 1)}>${icon('back')}</button><b class="num">${year}</b><button class="plain square flip" aria-label=${t('calendar.year.after')} @click=${() => go(year + 1)}>${icon('back')}</button>${edit ? html`<button data-do="year" @click=${edit}>${icon('edit')}${t('calendar.year.edit')}</button>` : nothing}</span>`;
  const bare = !document.holidays && !items.length ? t('calendar.year.none', { year }) : others && !entered ? t('calendar.year.open', { year }) : null;
  return card(t('calendar.year'), html`
    ${bare ? html`<p class="need inside">${icon('info')}<span>${bare}</span></p>` : nothing}
    ${items.length ? plainTable([
      ['calendar.day', when, 'wide'], ['calendar.kind', ({ kind }) => html`<span class="badge ${LOOKS[kind][0]}">${icon(LOOKS[kind][1])}${term('dayKind', kind)}</span>`, 'nowrap'],
      ['calendar.hours', ({ hours }) => hours.join(', ') || '–', 'nowrap'],
    ], stretches(items), { caption: t('calendar.year') }) : nothing}`, { flush: true, extra: bar });
}
