import { html } from 'lit';

const RULES = ['agent', 'engineer', 'coordinator', 'quality', 'firmware', 'auditor'];
const ANSWERS = ['agent', 'engineer', 'coordinator', 'quality', 'partner'];

/** The rules that find faults, and what is known of curing them. */
export const rule = {
  name: 'rule',
  words: () => import('./words.js'),
  sheet: new URL('./rule.css', import.meta.url).pathname,
  pages: {
    rules: { icon: 'rule', roles: RULES, load: () => import('./rules.js'), draw: (route) => html`<ac-rules .query=${route.query}></ac-rules>` },
    rule: { in: 'rules', roles: RULES, load: () => import('./rule.js'), draw: (route) => html`<ac-rule .ruleId=${route.id} .query=${route.query}></ac-rule>` },
    'rule-new': { in: 'rules', roles: RULES, load: () => import('./rule.js'), draw: (route) => html`<ac-rule .query=${route.query}></ac-rule>` },
    articles: { icon: 'book', load: () => import('./articles.js'), draw: (route) => html`<ac-articles .query=${route.query}></ac-articles>` },
    article: { in: 'articles', load: () => import('./article.js'), draw: (route) => html`<ac-article .articleId=${route.id}></ac-article>` },
    'article-new': { in: 'articles', load: () => import('./article-write.js'), draw: () => html`<ac-article-write></ac-article-write>` },
    'article-edit': { in: 'articles', load: () => import('./article-write.js'), draw: (route) => html`<ac-article-write .articleId=${route.id}></ac-article-write>` },
    runbooks: { icon: 'play', load: () => import('./runbooks.js'), draw: () => html`<ac-runbooks></ac-runbooks>` },
    runbook: { in: 'runbooks', load: () => import('./runbook.js'), draw: (route) => html`<ac-runbook .runbookId=${route.id}></ac-runbook>` },
    'runbook-new': { in: 'runbooks', load: () => import('./runbook-write.js'), draw: () => html`<ac-runbook-write></ac-runbook-write>` },
    'runbook-edit': { in: 'runbooks', load: () => import('./runbook-write.js'), draw: (route) => html`<ac-runbook-write .runbookId=${route.id}></ac-runbook-write>` },
    answers: { icon: 'mail', roles: ANSWERS, load: () => import('./answers.js'), draw: () => html`<ac-answers></ac-answers>` },
  },
};
