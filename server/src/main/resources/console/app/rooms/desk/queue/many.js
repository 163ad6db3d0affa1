import { html } from 'lit';
import { api } from '../../../core/api.js';
import { t } from '../../../core/i18n.js';
import { ask } from '../../../ui/dialog.js';
import { complain, say } from '../../../ui/toast.js';

const AT_ONCE = 100;

/** The same change for many tickets; the outcome has for each of them why it was refused, or null. */
export async function changeAll(tickets, set) {
  const outcome = [];
  for (let from = 0; from < tickets.length; from += AT_ONCE) {
    const some = tickets.slice(from, from + AT_ONCE);
    const { results } = await api.post('/tickets/bulk', { ids: some.map((one) => one.id), set });
    results.forEach((result, index) => outcome.push({ ticket: some[index], refused: result.status < 300 ? null : (result.detail ?? `HTTP ${result.status}`) }));
  }
  return outcome;
}

/** Gives each ticket back the value of `field` that it had. */
export async function restore(tickets, field) {
  const groups = Map.groupBy(tickets, (one) => JSON.stringify(one[field] ?? null));
  const outcome = [];
  for (const [value, some] of groups) outcome.push(...(await changeAll(some, { [field]: JSON.parse(value) })));
  return outcome;
}

/** That something refused is a failure for who tries to take it back. */
export function firm(outcome) {
  const refused = outcome.filter((one) => one.refused);
  if (refused.length) throw new Error(refused.map((one) => `${one.ticket.number}: ${one.refused}`).join(' · '));
}

/**
 * Says how it went: in a line where all went well, with the way back (`undo(tickets)`), else as a table with what stood in the way of each.
 * Answers the tickets that were refused.
 */
export function report(outcome, words, undo) {
  const refused = outcome.filter((one) => one.refused);
  const done = outcome.filter((one) => !one.refused).map((one) => one.ticket);
  if (done.length) say(words(done.length), undo && (() => undo(done)));
  if (outcome.length === 1 && refused.length) complain(new Error(refused[0].refused));
  else if (refused.length) {
    ask({
      title: t('bulk.partly', { done: done.length, all: outcome.length }),
      shape: 'wide',
      body: () => html`<div class="scroll-x" tabindex="0"><table class="list"><thead><tr><th scope="col">${t('ticket.number')}</th><th scope="col">${t('ticket.title')}</th><th scope="col">${t('bulk.why')}</th></tr></thead>
        <tbody>${refused.map(({ ticket, refused: why }) => html`<tr><td class="mono nowrap">${ticket.number}</td><td dir="auto">${ticket.title}</td><td class="tone-critical">${why}</td></tr>`)}</tbody></table></div>`,
    });
  }
  return refused.map((one) => one.ticket);
}
