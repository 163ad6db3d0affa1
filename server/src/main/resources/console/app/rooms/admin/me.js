import { html } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { keysOn, setKeysOn } from '../../core/keys.js';
import { Load } from '../../core/load.js';
import { href } from '../../core/router.js';
import { user } from '../../core/session.js';
import { lang, setLanguage, t, term } from '../../core/i18n.js';
import { setTheme, theme, THEMES } from '../../core/theme.js';
import { title } from '../../core/title.js';
import { card } from '../../ui/card.js';
import { act, edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { area, check, choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';

const NOTICES = 8;
const LANGUAGES = [['en', 'English'], ['zh', '中文']];

/** One's own page: how one is told, what one was told, how the console looks, and a word to those who run it. */
class Me extends View {
  #settings = new Load(this, (signal) => api.get('/me/notification-settings', { signal }));
  #notices = new Load(this, async (signal) => (await api.get(`/notices?limit=${NOTICES}`, { signal })).items);

  opened() {
    this.#settings.restart();
    this.#notices.restart();
  }

  updated() {
    title(t('nav.me'));
  }

  #tell() {
    edit({
      title: t('me.told'), path: '/me/notification-settings', done: () => this.#settings.run(),
      body: (one) => [choice({ label: t('me.language'), name: 'language', value: one.language, required: true, options: LANGUAGES }), field({ label: t('me.email'), name: 'email', type: 'email', value: one.email, maxlength: 254 }), check({ label: t('me.byMail'), name: 'byMail', checked: one.byMail })],
      change: (values, first) => ({ language: values.language, email: values.email || null, byMail: values.byMail === 'on', version: first.version }),
    });
  }

  #say() {
    act({
      title: t('me.feedback'), path: '/feedback', confirm: t('me.feedback.send'), words: t('me.feedback.sent'),
      body: () => [choice({ label: t('feedback.kind'), name: 'kind', value: 'wish', required: true, options: ['fault', 'wish', 'question'].map((one) => [one, term('feedbackKind', one)]) }), area({ label: t('feedback.text'), name: 'text', required: true, rows: 5, maxlength: 4000 })],
      change: (values) => ({ ...values, page: location.hash }),
    });
  }

  #look() {
    return html`<div class="stack"><label class="field"><span>${t('me.language')}</span><select @change=${(event) => setLanguage(event.target.value)}>${LANGUAGES.map(([value, words]) => html`<option value=${value} ?selected=${value === lang()}>${words}</option>`)}</select></label>
      <label class="field"><span>${t('me.colours')}</span><select @change=${(event) => setTheme(event.target.value)}>${THEMES.map((one) => html`<option value=${one} ?selected=${one === theme()}>${t(`theme.${one}`)}</option>`)}</select></label>
      <label class="row check"><input type="checkbox" ?checked=${keysOn()} @change=${(event) => setKeysOn(event.target.checked)}><span>${t('help.switch')}</span></label></div>`;
  }

  render() {
    return html`<div class="page"><header class="head"><h1>${user.username}</h1><span class="muted">${user.roles.map((role) => term('role', role)).join(', ')}</span><button data-do="feedback" @click=${() => this.#say()}>${icon('note')}${t('me.feedback')}</button></header>
      <div class="columns"><div class="stack">
        ${card(t('me.notices'), show(this.#notices, (all) => (all.length ? html`<ul class="mini">${all.map((one) => html`<li><span class="grow cut ${one.readAt ? '' : 'unread'}" dir="auto">${one.subject}</span><span class="muted small">${ago(one.createdAt)}</span></li>`)}</ul>` : empty('bell', t('notices.empty'), t('notices.empty.next')))), { extra: html`<a class="right" href=${href('notices')}>${t('me.notices.all')}</a>` })}
      </div><div class="stack">
        ${show(this.#settings, (one) => card(t('me.told'), facts([[t('me.language'), one.language === 'zh' ? '中文' : 'English'], [t('me.email'), one.email ?? t('me.email.none')], [t('me.byMail'), t(one.byMail ? 'word.yes' : 'word.no')]]), { extra: html`<button class="right" data-do="tell" @click=${() => this.#tell()}>${icon('edit')}${t('action.edit')}</button>` }))}
        ${card(t('me.look'), this.#look())}
      </div></div></div>`;
  }
}

customElements.define('ac-me', Me);
