import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { go, href } from '../../../core/router.js';
import { user } from '../../../core/session.js';
import { t } from '../../../core/i18n.js';
import { ask } from '../../../ui/dialog.js';
import { check, field } from '../../../ui/field.js';
import { icon } from '../../../ui/icons.js';
import { menu } from '../../../ui/menu.js';
import { complain, say } from '../../../ui/toast.js';

const PAGE = 'queue';

/** The views that this person saved, then those that others share. */
export async function savedViews(signal) {
  return (await api.get(`/me/views?page=${PAGE}`, { signal })).items ?? [];
}

const path = (name) => `/me/views/${encodeURIComponent(name)}`;

/** Where a saved view leads: to the view that it narrows, with what it was saved with. */
function target({ query, name }) {
  const all = Object.fromEntries(new URLSearchParams(query));
  const { view, ...rest } = all;
  return [view ?? 'open', { ...rest, saved: name }];
}

export function savedTab(saved, current, number) {
  return html`<a href=${href('queue', ...target(saved))} aria-current=${current ? 'page' : nothing} title=${saved.author === user.username ? nothing : t('saved.by', { author: saved.author })}>
    ${icon('star')}<span class="cut" dir="auto">${saved.title}</span>${number}</a>`;
}

/** Filters of the address that belong into a saved view. */
function kept(view, filters) {
  const rest = Object.fromEntries(Object.entries(filters).filter(([name, value]) => name !== 'saved' && value));
  return new URLSearchParams({ view, ...rest }).toString();
}

function put(name, body, version) {
  return api.put(path(name), { page: PAGE, ...body }, version == null ? {} : { etag: `"${version}"` });
}

async function keep(saved, view, filters, after) {
  try {
    await put(saved.name, { query: kept(view, filters), title: saved.title, shared: saved.shared }, saved.version);
    say(t('saved.done', { title: saved.title }), async () => {
      const now = (await savedViews()).find((one) => one.name === saved.name);
      await put(saved.name, { query: saved.query, title: saved.title, shared: saved.shared }, now?.version);
      await after();
    });
    await after();
  } catch (failure) {
    if (failure.status === 412) await after();
    complain(failure);
  }
}

async function remove(saved, view, after) {
  try {
    await api.delete(path(saved.name), { etag: `"${saved.version}"` });
    go('queue', view);
    say(t('saved.removed', { title: saved.title }), async () => {
      await put(saved.name, { query: saved.query, title: saved.title, shared: saved.shared });
      await after();
    });
    await after();
  } catch (failure) {
    complain(failure);
  }
}

function saveDialog(view, filters, after) {
  ask({
    title: t('saved.title'),
    confirm: t('saved.save'),
    body: () => html`${field({ label: t('saved.name'), name: 'title', required: true, maxlength: 100 })}${check({ label: t('saved.share'), name: 'shared', hint: t('saved.share.hint') })}`,
    submit: async ({ title, shared }) => {
      const name = `v-${crypto.randomUUID().slice(0, 8)}`;
      await put(name, { query: kept(view, filters), title: title.trim(), shared: Boolean(shared) });
      await after();
      go('queue', view, { ...filters, saved: name });
      say(t('saved.done', { title: title.trim() }));
    },
  });
}

/** What can be done with the view as it is now. */
export function viewMenu({ view, filters, saved, after }) {
  const mine = saved?.author === user.username;
  const changed = mine && saved.query !== kept(view, filters);
  return menu(html`${icon('star')}${t('saved.menu')}`, html`
    <button class="plain" @click=${() => saveDialog(view, filters, after)}>${icon('plus')}${t('saved.new')}</button>
    ${changed ? html`<button class="plain" @click=${() => keep(saved, view, filters, after)}>${icon('check')}${t('saved.keep', { title: saved.title })}</button>` : nothing}
    ${mine ? html`<button class="plain danger" @click=${() => remove(saved, view, after)}>${icon('close')}${t('saved.remove', { title: saved.title })}</button>` : nothing}`);
}
