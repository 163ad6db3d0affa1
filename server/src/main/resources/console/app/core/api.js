import { t } from './i18n.js';

const BASE = '/api/v1';

/** A refusal of the server (RFC 9457), or no answer at all (`status` 0). */
export class ApiError extends Error {
  constructor(status, problem, correlation) {
    super(problem.detail || problem.title || `HTTP ${status}`);
    this.status = status;
    this.title = problem.title;
    this.errors = problem.errors ?? [];
    this.correlation = correlation;
  }
}

let csrf = null;
let lostSession = () => {};

/** Every write from now on carries this token; it lives in memory alone. */
export function useCsrf(token) {
  csrf = token ?? null;
}

/** Who is told when the server no longer knows the session. */
export function onLostSession(listener) {
  lostSession = listener;
}

/** Path with the query parameters that have a value. */
export function withQuery(path, params) {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value != null && value !== ''));
  return query.size ? `${path}?${query}` : path;
}

/** Keys of writes that got no answer: the same write, tried again, carries the same key, so that it happens once. */
const unanswered = new Map();
const UNANSWERED_MAX = 50;

function keyOf(signature) {
  const key = unanswered.get(signature) ?? crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  unanswered.set(signature, key);
  if (unanswered.size > UNANSWERED_MAX) unanswered.delete(unanswered.keys().next().value);
  return key;
}

function headersFor(method, signature, { body, etag, headers, type }) {
  const all = { accept: 'application/json', 'x-requested-with': 'console', ...headers };
  if (method !== 'GET') {
    // the browser itself names the border between the parts of a form
    if (body !== undefined && !(body instanceof FormData)) all['content-type'] = type ?? 'application/json';
    all['idempotency-key'] = keyOf(signature);
    if (csrf) all['x-csrf-token'] = csrf;
  }
  if (etag) all['if-match'] = etag;
  return all;
}

async function bodyOf(response) {
  const text = await response.text();
  if (!text) return {};
  try {
    return JSON.parse(text);
  } catch {
    return response.ok ? { text } : { title: response.statusText, detail: text.slice(0, 300) };
  }
}

/** What tells one body from another. */
function sameness(body) {
  if (body instanceof FormData) return [...body].map(([name, part]) => `${name} ${sameness(part)}`).join();
  return body instanceof Blob ? `${body.name} ${body.size} ${body.lastModified}` : JSON.stringify(body);
}

async function call(method, path, { body, signal, etag, headers, quiet, type } = {}) {
  const raw = type !== undefined || body instanceof FormData;
  const signature = `${method} ${path} ${sameness(body)}`;
  let response;
  try {
    response = await fetch(BASE + path, {
      method,
      signal,
      credentials: 'same-origin',
      headers: headersFor(method, signature, { body, etag, headers, type }),
      body: body === undefined || raw ? body : JSON.stringify(body),
    });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new ApiError(0, { detail: t('error.unreachable') }, null);
  }
  const answer = await bodyOf(response);
  if (response.status < 500) unanswered.delete(signature);
  if (response.ok) return { data: answer, etag: response.headers.get('etag') };
  const correlation = answer.correlationId ?? response.headers.get('x-correlation-id') ?? answer.instance ?? null;
  if (response.status === 401 && !quiet) lostSession();
  throw new ApiError(response.status, answer, correlation);
}

/**
 * `get` answers the data, `read` the data with its ETag; writes answer what the server says. A body is sent as JSON, or as it is (text, a file)
 * with `{type}`, its media type; the parts of a `FormData` keep their order.
 */
export const api = {
  read: (path, options) => call('GET', path, options),
  get: async (path, options) => (await call('GET', path, options)).data,
  post: async (path, body, options) => (await call('POST', path, { ...options, body })).data,
  put: async (path, body, options) => (await call('PUT', path, { ...options, body })).data,
  patch: async (path, body, options) => (await call('PATCH', path, { ...options, body })).data,
  delete: async (path, options) => (await call('DELETE', path, options)).data,
};
