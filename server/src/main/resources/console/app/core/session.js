import { api, useCsrf } from './api.js';

/** The person at the desk: `{username, roles}`, or null. */
export let user = null;

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
