import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { toTheMinute } from '../../core/format.js';
import { current, stay } from '../../core/router.js';
import { may } from '../../core/session.js';
import { lang, t } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { act } from '../../ui/edit.js';
import { area } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { show } from '../../ui/states.js';
import { periodField, periodQuery, periods } from './period.js';
import { editionsCard } from './report-editions.js';
import { reportBody } from './report-parts.js';

/** The quality report of a month, quarter or year: looked at here, printed, or taken along. */
class QualityReport extends View {
  #report = new Load(this, (signal) => api.get(withQuery('/reports/quality', this.#query()), { signal }));
  #editions = new Load(this, async (signal) => (await api.get('/reports/quality/editions', { signal })).items);

  opened() {
    this.#report.restart();
    this.#editions.restart();
  }

  updated() {
    title(`${t('nav.reports')} ${this.#period()}`);
  }

  #period() {
    return current().query.get('period') ?? periods().months[0];
  }

  #query(more = {}) {
    return { ...periodQuery(this.#period()), edition: current().query.get('edition'), ...more };
  }

  #ask(period, edition) {
    stay('reports', null, { period, edition });
    this.#report.restart();
  }

  #file(format, language) {
    return `/api/v1${withQuery('/reports/quality', this.#query({ format, lang: language }))}`;
  }

  /** Makes the report of a closed period anew, beside the one that was kept. */
  #make() {
    const period = this.#period();
    act({
      title: t('report.make', { period }), path: '/reports/quality', confirm: t('report.make.do'), words: t('report.made'),
      body: () => html`<p class="muted">${t('report.make.hint')}</p>${area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 })}`,
      change: (values) => ({ ...values, period }),
      done: async (made) => {
        stay('reports', null, { period, edition: String(made.edition) });
        await Promise.all([this.#report.run(), this.#editions.run()]);
      },
    });
  }

  #tools(report) {
    const over = report && !report.provisional;
    return html`${periodField(this.#period(), (period) => this.#ask(period))}
      <button data-do="print" @click=${() => window.print()}>${icon('print')}${t('report.print')}</button>
      ${menu(html`${icon('down')}${t('report.take')}`, html`
        <button @click=${() => open(this.#file('html', lang()), '_blank', 'noopener')}>${t('report.page')}</button>
        <button @click=${() => open(this.#file('html', 'both'), '_blank', 'noopener')}>${t('report.both')}</button>
        <button @click=${() => open(this.#file('csv'), '_self')}>CSV</button>`)}
      ${may('quality') && over ? html`<button data-do="make" @click=${() => this.#make()}>${icon('retry')}${t('report.make.do')}</button>` : nothing}`;
  }

  render() {
    const editions = this.#editions.value ?? [];
    return html`<div class="page report">
      <header class="head"><h1>${t('nav.reports')} <span class="mono">${this.#period()}</span></h1>${this.#tools(this.#report.value)}</header>
      ${show(this.#report, (report) => html`
        ${report.provisional ? html`<p class="need">${icon('info')}<span>${t('report.provisional', { until: toTheMinute(report.to) })}</span></p>` : nothing}
        <div class="stack">${reportBody(report)}${editionsCard(editions, (one) => this.#ask(one.period, String(one.edition)))}</div>`)}
    </div>`;
  }
}

customElements.define('ac-quality-report', QualityReport);
