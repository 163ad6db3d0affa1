/**
 * One stream of server-sent events for the whole console. The browser resumes it by itself with Last-Event-ID.
 * A page that wants a device's telemetry asks with `follow`; the stream is then opened for that device.
 */
const NAMES = [
  'ticket.changed', 'ticket.noted', 'ticket.presence', 'fault.changed', 'device.changed', 'telemetry', 'campaign.changed', 'deployment.changed', 'action.changed',
  'fleet-action.changed', 'shell.changed', 'log.ready', 'crash-group.changed', 'rule.changed', 'runbook.changed', 'incident.changed', 'emergency.changed', 'work-order.changed',
  'rma.changed', 'quote.changed', 'requisition.changed', 'complaint.changed', 'consent.changed', 'notice', 'reset', 'ping',
];
const STALE_AFTER_MS = 15_000;
const CHECK_EVERY_MS = 1_000;
const REOPEN_AFTER_MS = 3_000;
const HIDDEN_CLOSES_AFTER_MS = 60_000;

let source = null;
let device = null;
let heardAt = 0;
let pinged = false;
let stale = false;
let checker = 0;
let reopener = 0;
let closer = 0;
let wanted = false;
const listeners = new Set();
const stateListeners = new Set();

function setStale(value) {
  if (value === stale) return;
  stale = value;
  stateListeners.forEach((listener) => listener(stale));
}

function heard(event) {
  heardAt = Date.now();
  setStale(false);
  if (event.type === 'ping') pinged = true;
  if (event.type === 'ping' || event.type === 'open') return;
  let data = {};
  try {
    data = event.data ? JSON.parse(event.data) : {};
  } catch (failure) {
    console.warn('An event that is not JSON was left out', event.type, failure);
    return;
  }
  listeners.forEach((listener) => listener(event.type, data));
}

/** A stream with pings must keep them coming; one without must at least be open. */
function check() {
  const open = source?.readyState === EventSource.OPEN;
  if (open && !pinged) heardAt = Date.now();
  if (Date.now() - heardAt > STALE_AFTER_MS) setStale(true);
}

function open() {
  source?.close();
  clearTimeout(reopener);
  source = new EventSource(device ? `/api/v1/events?device=${encodeURIComponent(device)}` : '/api/v1/events');
  const opened = source;
  source.onopen = heard;
  source.onmessage = heard;
  source.onerror = () => {
    if (opened.readyState === EventSource.CLOSED && opened === source) reopener = setTimeout(open, REOPEN_AFTER_MS);
  };
  for (const name of NAMES) source.addEventListener(name, heard);
}

export function startLive() {
  wanted = true;
  heardAt = Date.now();
  open();
  clearInterval(checker);
  checker = setInterval(check, CHECK_EVERY_MS);
}

/** Closes the stream, its checks and its retries. */
function rest() {
  clearInterval(checker);
  clearTimeout(reopener);
  source?.close();
  source = null;
}

export function stopLive() {
  wanted = false;
  rest();
  setStale(false);
}

/** Opens the stream for one device's telemetry until the returned function is called. */
export function follow(id) {
  if (device !== id) {
    device = id;
    if (source) open();
  }
  return () => {
    if (device !== id) return;
    device = null;
    if (source) open();
  };
}

/** Calls `listener(name, data)` for each event, until the returned function is called. */
export function onEvent(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function onStale(listener) {
  stateListeners.add(listener);
  listener(stale);
  return () => stateListeners.delete(listener);
}

function wake() {
  startLive();
  listeners.forEach((listener) => listener('reset', {}));
}

/** A page that was left may be kept frozen for the way back, with its stream: it gives that up, or six of them leave none for the next page. */
window.addEventListener('pagehide', () => {
  clearTimeout(closer);
  rest();
});
window.addEventListener('pageshow', (event) => event.persisted && wanted && wake());

/** Browsers allow a server six connections: a tab that nobody sees gives its own back, and reads everything anew when it is seen again. */
document.addEventListener('visibilitychange', () => {
  clearTimeout(closer);
  if (!wanted) return;
  if (document.hidden) {
    closer = setTimeout(rest, HIDDEN_CLOSES_AFTER_MS);
  } else if (!source) {
    wake();
  }
});
