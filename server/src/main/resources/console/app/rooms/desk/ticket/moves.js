import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { complain, say } from '../../ui/toast.js';

/** Runs a change of the ticket; after a lost race the ticket is read again, so that the next try starts from what is true. */
async function change({ ticket, etag, reload }, work) {
  try {
    await work(`/tickets/${encodeURIComponent(ticket.id)}`, { etag });
  } catch (failure) {
    if (failure.status === 412) await reload();
    throw failure;
  }
  await reload();
}

export async function assignToMe(desk) {
  try {
    await change(desk, (path, options) => api.patch(path, { owner: user.username }, options));
    say(t('ticket.assigned', { owner: user.username }));
  } catch (failure) {
    complain(failure);
  }
}

export function assignDialog(desk) {
  ask({
    title: t('ticket.assign.title', { number: desk.ticket.number ?? desk.ticket.id }),
    confirm: t('ticket.assign.do'),
    body: () => html`<label class="field">${t('ticket.owner')}<input name="owner" .value=${desk.ticket.owner ?? ''} autocomplete="off" spellcheck="false" required></label>`,
    submit: async ({ owner }) => {
      await change(desk, (path, options) => api.patch(path, { owner: owner.trim() }, options));
      say(t('ticket.assigned', { owner: owner.trim() }));
    },
  });
}

/** Asks why before a ticket changes its state; *resolved* also needs the root cause, *verified* and *closed* the proof. */
export function transitionDialog(desk, to) {
  const resolving = to === 'resolved';
  const proving = to === 'verified' || to === 'closed';
  ask({
    title: term('do', to),
    confirm: term('do', to),
    danger: to === 'cancelled',
    body: () => html`
      <p class="muted">${t('ticket.move.from', { from: term('ticket', desk.ticket.state), to: term('ticket', to) })}</p>
      ${resolving ? html`<label class="field">${t('ticket.rootcause')}<textarea name="rootCause" required .value=${desk.ticket.rootCause ?? ''}></textarea></label>` : nothing}
      ${proving ? html`<label class="field">${t('ticket.verification')}<textarea name="verification" required .value=${desk.ticket.verification ?? ''}></textarea></label>` : nothing}
      <label class="field">${t('ticket.reason')}<textarea name="reason" ?required=${to === 'cancelled' || to === 'reopened'}></textarea></label>`,
    submit: async (values) => {
      const body = { to, reason: values.reason || undefined, rootCause: values.rootCause || undefined, verification: values.verification || undefined };
      await change(desk, (path, options) => api.post(`${path}/transitions`, body, options));
      say(t('ticket.moved', { to: term('ticket', to) }));
    },
  });
}
