import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { day, number, percent } from '../../core/format.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { may, user } from '../../core/session.js';
import { lang, t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { ask } from '../../ui/dialog.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { at, ago } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { diffView } from './diff-view.js';
import { titleOf } from './articles.js';
import { prose } from './prose.js';

const WRITERS = ['engineer', 'coordinator', 'quality'];
const NEXT = { draft: ['reviewed'], reviewed: ['published', 'draft'], published: ['retired'], retired: [] };
const SHAPES = { reviewed: 'eye', published: 'check', draft: 'back', retired: 'off' };

/** An article in both languages side by side, what it has solved, and its way from draft to published. */
class Article extends View {
  static properties = { articleId: {} };
  #article = new Load(this, async (signal) => {
    const path = `/articles/${encodeURIComponent(this.articleId)}`;
    const [read, editions] = await Promise.all([api.read(path, { signal }), may(...WRITERS) ? api.get(`${path}/editions`, { signal }) : { items: [] }]);
    return { article: read.data, etag: read.etag, editions: editions.items };
  });

  opened() {
    this.own(onEvent((name) => name === 'reset' && this.#article.run()));
    this.own(bind([
      { key: 'Escape', label: 'key.articles', run: () => go('articles') },
      ...(may(...WRITERS) ? [{ key: 'e', label: 'key.article.edit', run: () => go('article-edit', this.articleId) }] : []),
    ]));
    this.#article.restart();
  }

  updated() {
    const article = this.#article.value?.article;
    title(article ? titleOf(article) : t('nav.articles'));
  }

  /** Takes the newest edition a step further. Whoever wrote it is told before, that another person reviews it. */
  #move({ article, etag }, to) {
    const own = to === 'reviewed' && article.author === user.username;
    ask({
      title: t(`article.to.${to}`),
      confirm: t(`article.to.${to}`),
      danger: to === 'retired',
      body: () => html`<p>${t(`article.effect.${to}`)}</p>${own ? html`<p class="tone-warning">${t('article.own')}</p>` : nothing}`,
      submit: async () => {
        try {
          await api.post(`/articles/${encodeURIComponent(article.id)}/transitions`, { to }, { etag });
        } finally {
          await this.#article.run();
        }
        say(t(`article.done.${to}`));
      },
    });
  }

  #compare(edition, article) {
    const text = (one) => ['zh', 'en'].map((name) => `${one[name]?.title ?? ''}\n\n${one[name]?.body ?? ''}`).join('\n\n———\n\n');
    ask({ title: t('article.compare', { edition: edition.edition, newest: article.edition }), shape: 'wide', body: () => diffView(text(edition), text(article)) });
  }

  #editions(article, editions) {
    if (editions.length < 2) return nothing;
    return card(t('article.editions'), plainTable([
      ['article.edition', (one) => one.edition, 'num'], ['article.state', (one) => badge('articleState', one.state)], ['article.author', (one) => one.author],
      ['article.writtenAt', (one) => at(one.writtenAt), 'nowrap'],
      ['', (one) => (one.edition === article.edition ? nothing : html`<button class="plain" @click=${() => this.#compare(one, article)}>${t('article.changes')}</button>`)],
    ], editions, { caption: t('article.editions') }), { flush: true });
  }

  #side(article) {
    return html`${card(t('article.about'), facts([
      [t('article.codes'), article.codes?.length ? html`<span class="mono">${article.codes.join(', ')}</span>` : t('article.anyCode')],
      [t('article.models'), article.models?.join(', ') || t('rules.everything')],
      [t('article.uses'), number(article.uses ?? 0)],
      [t('article.solved'), article.solveRate == null ? t('article.undecided') : percent(article.solveRate, 1)],
      [t('article.author'), html`${article.author}, ${ago(article.writtenAt)}`],
      [t('article.reviewer'), article.reviewer && html`${article.reviewer}, ${ago(article.reviewedAt)}`],
      [t('article.published'), article.publishedAt && at(article.publishedAt)],
      [t('article.reviseBy'), article.reviseBy && day(article.reviseBy)],
    ]))}`;
  }

  #language(name, page) {
    return html`<section class="card" lang=${name}><header><h2>${t(`article.${name}`)}</h2></header>
      <div class="body">${page ? html`<h2 class="article-title" dir="auto">${page.title}</h2>${prose(page.body)}` : html`<p class="muted">${t('article.missing')}</p>`}</div></section>`;
  }

  #step(value, to, kind) {
    return html`<button data-do=${to} class=${kind} @click=${() => this.#move(value, to)}>${icon(SHAPES[to])}${t(`article.to.${to}`)}</button>`;
  }

  #bar(value) {
    if (!may(...WRITERS)) return nothing;
    const { article } = value;
    return html`<div class="actionbar" role="toolbar" aria-label=${t('article.actions')}>
      ${NEXT[article.state].filter((to) => to !== 'retired').map((to, i) => this.#step(value, to, i ? '' : 'primary'))}
      ${article.state === 'retired' ? nothing : html`<a class="button" href=${href('article-edit', article.id)}>${icon('edit')}${t(article.state === 'published' ? 'article.next' : 'action.edit')}</a>`}
      ${NEXT[article.state].includes('retired') ? this.#step(value, 'retired', 'danger right') : nothing}
    </div>`;
  }

  render() {
    return html`<div class="page">${show(this.#article, (value) => {
      const { article, editions } = value;
      return html`<div class="headline">
          <div class="crumb"><a href=${href('articles')}>${t('nav.articles')}</a> / <span class="mono">${article.id}</span></div>
          <h1 dir="auto">${titleOf(article)}</h1>
          <div class="row">${badge('articleState', article.state)}<span class="muted">${t('article.editionOf', { edition: article.edition })}</span></div>
        </div>
        ${this.#bar(value)}
        <div class="columns">
          <div class="twin">${(lang() === 'zh' ? ['zh', 'en'] : ['en', 'zh']).map((name) => this.#language(name, article[name]))}</div>
          <div class="stack">${this.#side(article)}${this.#editions(article, editions)}</div>
        </div>`;
    })}</div>`;
  }
}

customElements.define('ac-article', Article);
