import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { day } from '../../core/format.js';
import { may } from '../../core/session.js';
import { lang, t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { act, edit, filled, local, moment } from '../../ui/edit.js';
import { area, check, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';

/** Both languages, the reader's own first. */
const languages = () => (lang() === 'zh' ? ['zh', 'en'] : ['en', 'zh']);
const HOLES = ['{number}', '{title}', '{device}', '{model}', '{state}', '{owner}', '{agent}', '{customer}'];

function fields(one = {}) {
  return html`<p class="muted small">${t('answer.holes')} <code>${HOLES.join(' ')}</code></p>
    ${pair(area({ label: t('article.zh'), name: 'zh', value: one.zh, rows: 8, required: true, maxlength: 10_000 }), area({ label: t('article.en'), name: 'en', value: one.en, rows: 8, required: true, maxlength: 10_000 }))}
    ${pair(field({ label: t('article.reviseBy'), name: 'reviseBy', type: 'date', value: local(one.reviseBy).slice(0, 10) }), one.id ? check({ label: t('answer.retired'), name: 'retired', checked: one.retired }) : nothing)}`;
}

function sent({ zh, en, reviseBy, retired, key }) {
  return filled({ key, zh, en, reviseBy: reviseBy ? moment(`${reviseBy}T12:00`) : undefined, retired: retired === undefined ? undefined : true });
}

/** Answers that are written once, in both languages, with holes that a case fills. */
class Answers extends Register {
  route = 'answers';
  path = '/canned-answers';
  icon = 'mail';

  opened() {
    if (!may('coordinator', 'quality')) this.open = undefined;
    super.opened();
    if (may('coordinator', 'quality')) this.own(bind([{ key: 'n', label: 'key.answer.new', run: () => this.#write() }]));
  }

  doings() {
    return may('coordinator', 'quality') ? html`<button class="primary" @click=${() => this.#write()}>${icon('plus')}${t('answer.new')}</button>` : nothing;
  }

  #write() {
    act({
      title: t('answer.new'), path: '/canned-answers', shape: 'wide',
      body: () => html`${field({ label: t('answer.key'), name: 'key', required: true, maxlength: 63, hint: t('answer.key.hint') })}${fields()}`,
      change: sent, done: () => this.list.run(),
    });
  }

  open = (answer) => {
    edit({
      title: t('answer.edit', { key: answer.key }), path: `/canned-answers/${encodeURIComponent(answer.id)}`, shape: 'wide',
      read: async () => {
        const newest = (await api.get('/canned-answers?limit=200')).items.find((one) => one.id === answer.id) ?? answer;
        return { data: newest, etag: `"${newest.version}"` };
      },
      body: fields, change: sent, done: () => this.list.run(),
    });
  };

  columns() {
    return [
      ['answer.key', (one) => html`<span class="mono">${one.key}</span>`, 'nowrap'],
      ['answer.text', (one) => languages().map((name, i) => html`<div class=${i ? 'sub' : ''} lang=${name}>${typed(one[name])}</div>`), 'wide'],
      ['article.edition', (one) => one.edition, 'num'],
      ['article.state', (one) => badge('answerState', one.retired ? 'retired' : 'in-use')],
      ['article.reviseBy', (one) => (one.reviseBy ? day(one.reviseBy) : '–'), 'nowrap'],
      ['article.written', (one) => html`${one.author}, ${ago(one.writtenAt)}`, 'nowrap muted'],
    ];
  }
}

customElements.define('ac-answers', Answers);
