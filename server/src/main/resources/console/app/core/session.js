import { api, useCsrf } from './api.js';

/** The person at the desk: `{username, roles}`, or null. */
export let user = null;

/** Whether the person has one of these roles; an administrator has every one. The server decides: this is for what is worth showing. */
export function may(...roles) {
  return Boolean(user?.roles.some((role) => role === 'admin' || roles.includes(role)));
}

function enter(session) {
  useCsrf(session.csrf);
  const known = session.user ?? session;
  user = { username: known.username ?? known.name ?? '', roles: known.roles ?? [] };
  return user;
}

/** Takes up the session of the cookie; null when there is none. */
export async function resume() {
  try {
    return enter(await api.get('/session', { quiet: true }));
  } catch (failure) {
    if (failure.status === 401) return null;
    throw failure;
  }
}

export async function signIn(username, password) {
  return enter(await api.post('/session', { username, password }, { quiet: true }));
}

export async function signOut() {
  await api.delete('/session', { quiet: true });
  forget();
}

export function forget() {
  user = null;
  useCsrf(null);
}
