import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bindChord } from '../../core/keys.js';
import { Load } from '../../core/load.js';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { filled, lines, local, moment } from '../../ui/edit.js';
import { area, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { failed, show } from '../../ui/states.js';
import { say } from '../../ui/toast.js';

const LANGUAGES = ['zh', 'en'];

/** Writes an article in both languages side by side. What was typed stays when saving fails; a lost race says so, and saving again goes over it. */
class ArticleWrite extends View {
  static properties = { articleId: {}, failure: { state: true }, busy: { state: true } };
  #article = new Load(this, async (signal) => (this.articleId ? api.read(`/articles/${encodeURIComponent(this.articleId)}`, { signal }) : { data: {}, etag: null }));

  opened() {
    this.own(bindChord('s', () => this.querySelector('form')?.requestSubmit(), { whileTyping: true }));
    this.#article.restart();
  }

  updated() {
    title(t(this.articleId ? 'article.write' : 'article.new'));
  }

  #draft(values) {
    const page = (name) => (values[`${name}.title`].trim() || values[`${name}.body`].trim() ? { title: values[`${name}.title`].trim(), body: values[`${name}.body`] } : undefined);
    return filled({ zh: page('zh'), en: page('en'), codes: lines(values.codes), models: lines(values.models), reviseBy: values.reviseBy ? moment(`${values.reviseBy}T12:00`) : undefined });
  }

  async #save(event) {
    event.preventDefault();
    if (this.busy) return;
    const draft = this.#draft(Object.fromEntries(new FormData(event.target)));
    this.busy = true;
    this.failure = null;
    try {
      const saved = this.articleId
        ? await api.put(`/articles/${encodeURIComponent(this.articleId)}`, draft, { etag: this.#article.value.etag })
        : await api.post('/articles', draft);
      say(t('article.saved'));
      go('article', saved.id);
    } catch (failure) {
      this.failure = failure;
      // what was typed stays in the fields: only the tag of the newest state is taken
      if (failure.status === 412) this.#article.value.etag = (await api.read(`/articles/${encodeURIComponent(this.articleId)}`)).etag;
    }
    this.busy = false;
  }

  #language(name, page) {
    return html`<section class="card" lang=${name}><header><h2>${t(`article.${name}`)}</h2></header><div class="body stack">
      ${field({ label: t('article.titleIn'), name: `${name}.title`, value: page?.title, maxlength: 200 })}
      ${area({ label: t('article.bodyIn'), name: `${name}.body`, value: page?.body, rows: 20, maxlength: 50_000, hint: t('article.body.hint') })}</div></section>`;
  }

  render() {
    return html`<div class="page">${show(this.#article, ({ data }) => html`<form @submit=${this.#save}>
      <div class="headline"><div class="crumb"><a href=${href('articles')}>${t('nav.articles')}</a>${this.articleId ? html` / <a class="mono" href=${href('article', this.articleId)}>${this.articleId}</a>` : nothing}</div>
        <h1>${t(this.articleId ? 'article.write' : 'article.new')}</h1><p class="muted">${t(data.state === 'published' ? 'article.write.published' : 'article.write.hint')}</p></div>
      <div class="actionbar"><button class="primary" data-do="save" ?disabled=${this.busy}>${icon('check')}${t('action.save')} <kbd>Ctrl S</kbd></button><a class="button" href=${this.articleId ? href('article', this.articleId) : href('articles')}>${t('action.cancel')}</a></div>
      <div aria-live="polite">${this.failure ? failed(this.failure) : nothing}</div>
      <div class="stack">
        <div class="twin">${LANGUAGES.map((name) => this.#language(name, data[name]))}</div>
        <section class="card"><header><h2>${t('article.about')}</h2></header><div class="body stack">
          ${pair(field({ label: t('article.codes'), name: 'codes', value: (data.codes ?? []).join(', '), hint: t('article.codes.hint') }), field({ label: t('article.models'), name: 'models', value: (data.models ?? []).join(', '), hint: t('article.models.hint') }))}
          ${pair(field({ label: t('article.reviseBy'), name: 'reviseBy', type: 'date', value: local(data.reviseBy).slice(0, 10), hint: t('article.reviseBy.hint') }), nothing)}
        </div></section>
      </div>
    </form>`)}</div>`;
  }
}

customElements.define('ac-article-write', ArticleWrite);
