import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { day, number, percent } from '../../core/format.js';
import { current, go, href, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { empty } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { complain } from '../../ui/toast.js';
import { ago } from '../../ui/time.js';
import '../../ui/search.js';

const WRITERS = ['engineer', 'coordinator', 'quality'];
const STATES = ['published', 'draft', 'reviewed', 'retired'];
const PAGES = { article: 'article', runbook: 'runbook', 'canned-answer': 'answers' };

/** The title in the reader's language, else in the other. */
export function titleOf(article) {
  const [own, other] = lang() === 'zh' ? [article.zh, article.en] : [article.en, article.zh];
  return own?.title || other?.title || '–';
}

/** What has to be looked through again, the oldest first. */
async function revisionsDialog() {
  try {
    const { items } = await api.get('/revisions?limit=100');
    ask({
      title: t('revisions.title'), shape: 'wide',
      body: () => (items.length ? plainTable([
        ['revisions.kind', (one) => t(`revisions.${one.kind}`), 'nowrap'],
        ['revisions.name', (one) => html`<a href=${href(PAGES[one.kind], one.kind === 'canned-answer' ? null : one.id)} @click=${(event) => event.target.closest('dialog').close()}>${one.name}</a>`, 'wide'],
        ['revisions.due', (one) => day(one.reviseBy), 'nowrap'],
      ], items, { caption: t('revisions.title') }) : empty('done', t('revisions.empty'), t('revisions.empty.next'))),
    });
  } catch (failure) {
    complain(failure);
  }
}

/** What the desk knows, found by words in either language: which faults it helps with, and how often it has solved one. */
class Articles extends Register {
  static properties = { query: { attribute: false } };
  route = 'articles';
  path = '/articles';
  icon = 'book';

  opened() {
    super.opened();
    if (may(...WRITERS)) this.own(bind([{ key: 'n', label: 'key.article.new', run: () => go('article-new') }]));
  }

  filters() {
    const states = { name: 'state', label: t('article.state'), fallback: 'published', options: STATES.map((one) => [one, term('articleState', one)]) };
    return [...(may(...WRITERS) ? [states] : []), { name: 'code', label: t('article.code') }];
  }

  params() {
    return { ...super.params(), q: current().query.get('q') };
  }

  #sought(q) {
    stay('articles', null, { ...Object.fromEntries(current().query), q });
    this.list.restart();
  }

  tools() {
    return html`<ac-search .label=${t('articles.search')} .value=${this.query.get('q') ?? ''} @sought=${(event) => this.#sought(event.detail)}></ac-search>${super.tools()}`;
  }

  nothing() {
    const { q, code, state } = this.params();
    return q || code || (state && state !== 'published') ? super.nothing() : empty('book', t('articles.empty'), t('articles.empty.next'));
  }

  doings() {
    return html`${may('coordinator', 'quality') ? html`<button @click=${revisionsDialog}>${icon('clock')}${t('revisions.title')}</button>` : nothing}
      ${may(...WRITERS) ? html`<a class="button" href=${href('article-new')}>${icon('plus')}${t('article.new')}</a>` : nothing}`;
  }

  open(article) {
    go('article', article.id);
  }

  columns() {
    return [
      ['article.title', (one) => html`<a class="title" href=${href('article', one.id)}>${typed(titleOf(one))}</a><div class="sub">${typed(lang() === 'zh' ? one.en?.title : one.zh?.title)}</div>`, 'wide'],
      ['article.codes', (one) => html`<span class="mono small">${(one.codes ?? []).join(', ') || '–'}</span>`],
      ['article.models', (one) => (one.models ?? []).join(', ') || t('rules.everything'), 'nowrap'],
      ['article.state', (one) => badge('articleState', one.state)],
      ['article.edition', (one) => one.edition, 'num'],
      ['article.uses', (one) => number(one.uses ?? 0), 'num'],
      ['article.solved', (one) => (one.solveRate == null ? html`<span class="muted">–</span>` : percent(one.solveRate, 1)), 'num'],
      ['article.written', (one) => html`${one.author}, ${ago(one.writtenAt)}`, 'nowrap muted'],
    ];
  }
}

customElements.define('ac-articles', Articles);
