import { api, ApiError } from '../../../core/api.js';
import { user } from '../../../core/session.js';
import { t } from '../../../core/i18n.js';
import { changes } from '../../../ui/edit.js';
import { complain, say } from '../../../ui/toast.js';

/** What of a case another person may have changed while a form was open. */
const WATCHED = ['state', 'owner', 'priority', 'type', 'impact', 'urgency', 'title', 'symptom', 'rootCause', 'verification', 'snoozedUntil'];
const watched = (ticket) => Object.fromEntries(WATCHED.map((name) => [name, ticket[name]]));

export const path = (desk) => `/tickets/${encodeURIComponent(desk.ticket.id)}`;

/** The case as it is now, kept still for a form: what others change meanwhile is no news to its button before the person was told. */
export function hold(desk) {
  let seen = { ticket: desk.ticket, etag: desk.etag };
  return {
    get ticket() { return seen.ticket; },
    get etag() { return seen.etag; },
    reload: async () => {
      await desk.reload();
      seen = { ticket: desk.ticket, etag: desk.etag };
    },
  };
}

/**
 * Runs a change of the case and reads it again. After a lost race it is read too, and the failure says what the others changed; what was typed
 * stays where it is, and the next try starts from what is true. Where they changed nothing that this is about, it is tried again at once.
 */
export async function change(desk, work, again = true) {
  const before = watched(desk.ticket);
  try {
    const answer = await work(path(desk), { etag: desk.etag });
    await desk.reload();
    return answer;
  } catch (failure) {
    if (failure.status !== 412) throw failure;
    await desk.reload();
    const told = changes(before, watched(desk.ticket));
    if (!told.length && again) return change(desk, work, false);
    throw new ApiError(412, { title: t('race.title'), detail: t('race.kept'), errors: told }, failure.correlation);
  }
}

/** A change that needs no form. */
export async function atOnce(desk, work, words, undo) {
  try {
    await change(desk, work);
    say(words, undo);
  } catch (failure) {
    complain(failure);
  }
}

/** Gives the case an owner; it can be taken back. */
export function own(desk, owner) {
  const before = desk.ticket.owner;
  const give = (name) => change(desk, (where, options) => api.patch(where, { owner: name }, options));
  return atOnce(desk, (where, options) => api.patch(where, { owner }, options), owner ? t('ticket.assigned', { owner }) : t('ticket.released'), () => give(before));
}

export const take = (desk) => own(desk, user.username);
