/** The saved views of the queue: what each asks the server for, and what belongs in it. */

const OPEN = ['new', 'assessed', 'in-progress', 'waiting-customer', 'waiting-parts', 'waiting-device', 'waiting-vendor', 'fix-scheduled', 'reopened'];
const SOLVED = ['resolved', 'verified', 'closed'];
export const VIEWS = ['open', 'mine', 'unassigned', 'proactive', 'dispatch', 'resolved'];

/** The parameters of `GET /tickets` for a view. */
export function paramsOf(view, username) {
  const state = (view === 'resolved' ? SOLVED : OPEN).join(',');
  switch (view) {
    case 'mine':
      return { state, owner: username };
    case 'unassigned':
      return { state, unassigned: true };
    case 'proactive':
      return { state, origin: 'proactive' };
    case 'dispatch':
      return { state, dispatch: true };
    default:
      return { state };
  }
}

/** Whether a ticket belongs in a view, as far as the fields it came with can tell. */
export function belongs(view, ticket, username) {
  const states = view === 'resolved' ? SOLVED : OPEN;
  if (ticket.state && !states.includes(ticket.state)) return false;
  if (view === 'mine') return ticket.owner === undefined || ticket.owner === username;
  if (view === 'unassigned') return !ticket.owner;
  if (view === 'proactive') return ticket.origin === undefined || ticket.origin === 'proactive';
  if (view === 'dispatch') return ticket.dispatch != null;
  return true;
}

let last = 'open';

/** The view that was open last, to go back to. */
export function lastView() {
  return last;
}

export function remember(view) {
  last = view;
}
