import { go } from '../../../core/router.js';
import { may } from '../../../core/session.js';
import { newTicketDialog } from '../new.js';
import { VIEWS } from './views.js';

export const WORKS = ['agent', 'engineer', 'coordinator'];

/** The keys of the queue. `one(work)` is about the row under the cursor, `act(name)` about the chosen rows. */
export function queueKeys({ view, one, act, choose, clear }) {
  const step = (by) => go('queue', VIEWS[(VIEWS.indexOf(view()) + by + VIEWS.length) % VIEWS.length]);
  const reading = [
    { key: 'd', label: 'key.device', run: () => one((ticket) => go('device', ticket.device)) },
    { key: '[', label: 'key.before', run: () => step(-1) },
    { key: ']', label: 'key.after', run: () => step(1) },
    { key: 'Escape', label: 'key.unchoose', run: clear },
  ];
  if (!may(...WORKS)) return reading;
  return [
    ...reading,
    { key: 'c', label: 'key.create', run: () => newTicketDialog() },
    { key: 'x', label: 'key.select', run: choose },
    { key: 'i', label: 'key.mine', run: () => act('mine') },
    { key: 'a', label: 'key.assign', run: () => act('assign') },
    { key: 's', label: 'key.state', run: () => act('state') },
    { key: 'p', label: 'key.priority', run: () => act('priority') },
    { key: 'h', label: 'key.snooze', run: () => act('snooze') },
    { key: 'm', label: 'key.merge', run: () => act('merge') },
    { key: 't', label: 'key.tags', run: () => act('tags') },
    { key: 'r', label: 'key.reply', run: () => one((ticket) => go('tickets', ticket.id, { do: 'reply' })) },
    { key: 'n', label: 'key.note', run: () => one((ticket) => go('tickets', ticket.id, { do: 'note' })) },
  ];
}
