import { html, nothing } from 'lit';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { number } from '../../core/format.js';
import { current, stay } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { Register } from '../../ui/register.js';
import { plainTable, typed } from '../../ui/table.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { share } from './figures.js';
import { scoreBar, stars } from './score.js';
import { caseLink } from '../../ui/links.js';

const RANKINGS = ['engineer', 'outlet', 'region', 'model'];
const STATES = ['sent', 'answered', 'expired'];

/** What customers answered: overall, by score and stage, ranked, and each answer. */
class Satisfaction extends Register {
  route = 'satisfaction';
  path = '/surveys';
  icon = 'star';
  #report = new Load(this, (signal) => api.get(withQuery('/survey-report', { by: this.#by() }), { signal }));

  opened() {
    super.opened();
    this.#report.restart();
  }

  #by() {
    const by = current().query.get('by');
    return RANKINGS.includes(by) ? by : 'engineer';
  }

  #rank(by) {
    stay('satisfaction', null, { ...Object.fromEntries(current().query), by });
    this.#report.run();
    this.requestUpdate();
  }

  filters() {
    return [
      { name: 'state', label: t('survey.state'), options: STATES.map((one) => [one, term('surveyState', one)]) },
      { name: 'low', label: t('survey.low'), options: [['true', t('survey.low.only')]] },
    ];
  }

  columns() {
    return [
      ['survey.ticket', (one) => caseLink(one.ticket), 'nowrap'],
      ['survey.state', (one) => badge('surveyState', one.state)],
      ['survey.overall', (one) => stars(one.scores), 'nowrap'],
      ['survey.comment', (one) => typed(one.comment), 'wide'],
      ['survey.engineer', (one) => one.engineer ?? '–', 'nowrap'],
      ['rate.model', (one) => one.model || '–', 'nowrap'],
      ['survey.sent', (one) => ago(one.answeredAt ?? one.sentAt), 'muted nowrap'],
    ];
  }

  #head(report) {
    const tabs = html`<div class="tabs right">${RANKINGS.map((one) => html`<button aria-pressed=${one === this.#by()} @click=${() => this.#rank(one)}>${t(`ranking.${one}`)}</button>`)}</div>`;
    return html`<div class="columns even">
      ${card(t('survey.report'), html`<div class="row scorehead"><b class="figure">${report.overall == null ? '–' : html`${report.overall.toFixed(2)} <span class="muted small">/ 5</span>`}</b>
          <span class="muted">${t('survey.of', { answered: number(report.answered), sent: number(report.sent), rate: share(report.responseRate) })}</span></div>
        <dl class="scores">${Object.entries(report.scores).map(([name, mean]) => scoreBar(term('surveyScore', name), mean))}</dl>
        ${Object.values(report.stages).some((mean) => mean != null) ? html`<h3>${t('survey.stages')}</h3><dl class="scores">${Object.entries(report.stages).map(([name, mean]) => scoreBar(term('surveyStage', name), mean))}</dl>` : nothing}`)}
      ${card(t('survey.ranking'), report.ranking.length ? plainTable([
        ['chart.name', (one) => one.name || t('figure.nobody'), 'wide'], ['survey.answered', (one) => number(one.answered), 'num'], ['survey.overall', (one) => (one.overall == null ? '–' : one.overall.toFixed(2)), 'num'],
      ], report.ranking) : html`<p class="body muted">${t('survey.ranking.empty')}</p>`, { extra: tabs, flush: true })}
    </div>`;
  }

  tools() {
    return nothing;
  }

  above() {
    return html`<div class="lead">${show(this.#report, (report) => this.#head(report))}</div>`;
  }

  bar() {
    return html`<div class="listbar"><h2>${t('survey.answers')}</h2>${this.filterFields()}</div>`;
  }
}

customElements.define('ac-satisfaction', Satisfaction);
