import { html } from 'lit';
import { user } from '../../../core/session.js';
import { exact } from '../../../core/format.js';
import { t, term } from '../../../core/i18n.js';
import { ask } from '../../../ui/dialog.js';
import { assignee } from '../../../ui/assignee.js';
import { lines, moment } from '../../../ui/edit.js';
import { area, check, choice, field } from '../../../ui/field.js';
import { presets } from '../when.js';
import { changeAll, firm, report, restore } from './many.js';

const PRIORITIES = ['P1', 'P2', 'P3', 'P4'];
/** States that many cases can be moved to at once: the others need words about each single case. */
const MOVES = ['in-progress', 'waiting-customer', 'waiting-parts', 'waiting-device', 'waiting-vendor', 'reopened', 'cancelled'];
const TO_AND_FRO = MOVES.slice(0, 5);
const count = (tickets) => (tickets.length === 1 ? tickets[0].number : t('bulk.count', { count: tickets.length }));

/** Gives the tickets an owner, or none. `after(refused)` is called when it is done. */
export async function assign(tickets, owner, after) {
  const outcome = await changeAll(tickets, { owner });
  after(report(outcome, (n) => (owner ? t('bulk.assigned', { count: n, owner }) : t('bulk.released', { count: n })), async (done) => {
    firm(await restore(done, 'owner'));
    after([]);
  }));
}

export function askAssign(tickets, after) {
  ask({
    title: t('bulk.assign', { what: count(tickets) }),
    confirm: t('ticket.assign.do'),
    body: () => assignee({ label: t('ticket.owner'), name: 'owner', value: (tickets.length === 1 ? tickets[0].owner : user.username) ?? '', hint: t('bulk.assign.hint') }),
    submit: ({ owner }) => assign(tickets, owner.trim() || null, after),
  });
}

export function askPriority(tickets, after) {
  ask({
    title: t('bulk.priority', { what: count(tickets) }),
    confirm: t('bulk.do'),
    body: () => choice({ label: t('ticket.priority'), name: 'priority', value: tickets[0].priority, required: true, options: PRIORITIES.map((one) => [one, term('priority', one)]) }),
    submit: async ({ priority }) => {
      const outcome = await changeAll(tickets, { priority });
      after(report(outcome, (n) => t('bulk.prioritised', { count: n, priority }), async (done) => {
        firm(await restore(done, 'priority'));
        after([]);
      }));
    },
  });
}

export function askState(tickets, after) {
  ask({
    title: t('bulk.state', { what: count(tickets) }),
    confirm: t('bulk.do'),
    body: () => html`${choice({ label: t('ticket.state'), name: 'to', value: 'in-progress', required: true, options: MOVES.map((one) => [one, term('do', one)]), hint: t('bulk.state.hint') })}
      ${area({ label: t('ticket.reason'), name: 'reason', maxlength: 2000 })}`,
    submit: async ({ to, reason }) => {
      const outcome = await changeAll(tickets, { to, ...(reason.trim() ? { reason: reason.trim() } : {}) });
      const back = TO_AND_FRO.includes(to) && tickets.every((one) => TO_AND_FRO.includes(one.state));
      after(report(outcome, (n) => t('bulk.moved', { count: n, to: term('ticket', to) }), back && (async (done) => {
        for (const [state, some] of Map.groupBy(done, (one) => one.state)) firm(await changeAll(some, { to: state }));
        after([]);
      })));
    },
  });
}

/** Puts the tickets out of sight for a while. */
export function askSnooze(tickets, after) {
  ask({
    title: t('bulk.snooze', { what: count(tickets) }),
    confirm: t('bulk.snooze.do'),
    body: () => html`${presets()}${area({ label: t('ticket.reason'), name: 'reason', rows: 2, maxlength: 2000 })}<p class="muted small">${t('bulk.snooze.hint')}</p>`,
    submit: async ({ until, reason }) => {
      const at = moment(until);
      const outcome = await changeAll(tickets, { snoozedUntil: at, reason: reason.trim() || undefined });
      after(report(outcome, (n) => t('bulk.snoozed', { count: n, until: exact(at) }), async (done) => {
        firm(await restore(done, 'snoozedUntil'));
        after([]);
      }));
    },
  });
}

/** Makes the tickets duplicates of one of them, or of another one. */
export function askMerge(tickets, after) {
  const oldest = tickets.reduce((a, b) => (a.openedAt < b.openedAt ? a : b));
  const into = tickets.length > 1 ? oldest.number : '';
  ask({
    title: t('bulk.merge', { what: count(tickets) }),
    confirm: t('bulk.merge.do'),
    body: () => html`${tickets.length > 1
        ? choice({ label: t('bulk.merge.into'), name: 'into', value: into, required: true, options: tickets.map((one) => [one.number, `${one.number} · ${one.title}`]) })
        : field({ label: t('bulk.merge.into'), name: 'into', required: true, maxlength: 32, placeholder: 'T-000012', hint: t('bulk.merge.hint') })}
      ${area({ label: t('ticket.reason'), name: 'reason', value: t('bulk.merge.reason'), required: true, rows: 2, maxlength: 2000 })}`,
    submit: async (values) => {
      const duplicates = tickets.filter((one) => one.number !== values.into);
      const outcome = await changeAll(duplicates, { mergedInto: values.into.trim(), reason: values.reason.trim() });
      if (outcome.length === 1 && outcome[0].refused) throw new Error(outcome[0].refused);
      after(report(outcome, (n) => t('bulk.merged', { count: n, into: values.into }), async (done) => {
        firm(await changeAll(done, { mergedInto: null, reason: t('bulk.unmerge.reason') }));
        after([]);
      }));
    },
  });
}

/** Adds words by which the tickets are found again, and takes some away. */
export function askTags(tickets, after) {
  const had = [...new Set(tickets.flatMap((one) => one.tags ?? []))].sort();
  ask({
    title: t('bulk.tags', { what: count(tickets) }),
    confirm: t('bulk.do'),
    body: () => html`${field({ label: t('tags.add'), name: 'add', maxlength: 400, hint: t('tags.hint') })}
      ${had.length ? html`<fieldset class="checks"><legend>${t('tags.remove')}</legend>${had.map((one, index) => check({ label: one, name: `remove-${index}` }))}</fieldset>` : ''}`,
    submit: async (values) => {
      const addTags = lines(values.add);
      const removeTags = had.filter((_, index) => values[`remove-${index}`]);
      if (!addTags.length && !removeTags.length) return;
      const outcome = await changeAll(tickets, { addTags, removeTags });
      after(report(outcome, (n) => t('bulk.tagged', { count: n }), async (done) => {
        firm(await restore(done, 'tags'));
        after([]);
      }));
    },
  });
}
