import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { check, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { complain, say } from '../../ui/toast.js';

const PAGE = 'devices';
const path = (name) => `/me/views/${encodeURIComponent(name)}`;
const filled = (filters) => Object.fromEntries(Object.entries(filters).filter(([, value]) => value));

function keep(filters, done) {
  ask({
    title: t('devices.view.keep'), confirm: t('device.save'),
    body: () => html`${field({ label: t('devices.view.title'), name: 'title', required: true, maxlength: 100 })}${check({ label: t('devices.view.shared'), name: 'shared' })}`,
    submit: async ({ title, shared }) => {
      const name = `${PAGE}-${Date.now().toString(36)}`;
      await api.put(path(name), { page: PAGE, query: new URLSearchParams(filled(filters)).toString(), title, shared: shared === 'on' });
      say(t('devices.view.kept', { title }), async () => {
        await api.delete(path(name));
        await done();
      });
      await done();
    },
  });
}

async function forget(view, done) {
  try {
    await api.delete(path(view.name));
    say(t('devices.view.forgotten', { title: view.title }), async () => {
      await api.put(path(view.name), { page: PAGE, query: view.query, title: view.title, shared: view.shared });
      await done();
    });
    await done();
  } catch (failure) {
    complain(failure);
  }
}

/** The saved views of the devices: to open one, to keep the filters that are set, to forget one of one's own that is open. */
export function savedMenu(views, filters, open, done) {
  const now = new URLSearchParams(filled(filters)).toString();
  const here = views.find((one) => one.query === now);
  return menu(html`${icon('star')}${here ? html`<span class="cut" dir="auto">${here.title}</span>` : t('devices.views')}`, html`
    ${views.map((one) => html`<button aria-pressed=${one === here} title=${one.author === user.username ? nothing : t('devices.view.by', { author: one.author })} @click=${() => open(Object.fromEntries(new URLSearchParams(one.query)))}><span class="cut" dir="auto">${one.title}</span></button>`)}
    ${views.length ? nothing : html`<p class="muted small body">${t('devices.views.none')}</p>`}
    ${now && !here ? html`<button @click=${() => keep(filters, done)}>${icon('plus')}${t('devices.view.keep')}</button>` : nothing}
    ${here?.author === user.username ? html`<button @click=${() => forget(here, done)}>${icon('close')}${t('devices.view.forget')}</button>` : nothing}`);
}
