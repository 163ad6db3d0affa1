import { html, nothing } from 'lit';
import { day } from '../../core/format.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { act, moment } from '../../ui/edit.js';
import { area, choice, field, pair } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';

const KINDS = ['mystery-shopping', 'spot-check', 'call-review', 'product'];
const LINES = 4;
const kinds = () => KINDS.map((one) => [one, term('checkKind', one)]);

/** Reads the scores of the form: each line has a criterion and a mark. */
function scoresOf(form) {
  const names = [...form.querySelectorAll('[name=criterion]')];
  const marks = [...form.querySelectorAll('[name=score]')];
  return Object.fromEntries(names.map((one, at) => [one.value.trim(), Number(marks[at].value)]).filter(([name, mark]) => name && mark));
}

/** Notes what a check gave; `start` fills in what is known. */
export function checkDialog(done, start = {}) {
  act({
    title: t('check.new'), path: '/quality-checks', shape: 'wide', done,
    body: () => [
      pair(choice({ label: t('check.kind'), name: 'kind', value: start.kind ?? 'spot-check', required: true, options: kinds() }), field({ label: t('check.at'), name: 'at', type: 'date' })),
      pair(field({ label: t('group.outlet'), name: 'outlet', maxlength: 100 }), field({ label: t('group.person'), name: 'person', maxlength: 100 })),
      pair(field({ label: t('complaint.ticket'), name: 'ticket', value: start.ticket, maxlength: 20 }), field({ label: t('check.sample'), name: 'sample', value: start.sample, maxlength: 20 })),
      html`<fieldset class="plainset"><legend>${t('check.scores')}</legend>${Array.from({ length: LINES }, (_, at) => pair(
        field({ label: t('check.criterion', { n: at + 1 }), name: 'criterion', required: at === 0, maxlength: 100 }),
        choice({ label: t('check.score'), name: 'score', required: at === 0, options: [5, 4, 3, 2, 1].map((one) => [one, `${one} – ${term('scoreWord', one)}`]) })))}</fieldset>`,
      area({ label: t('check.comment'), name: 'comment', maxlength: 2000 }),
    ],
    change: ({ criterion, score, at, ...values }, form) => ({ ...values, at: moment(at), scores: scoresOf(form) }),
  });
}

/** Mystery shopping, spot checks, reviews of calls and of products. */
class QualityChecks extends Register {
  route = 'quality-checks';
  path = '/quality-checks';
  icon = 'eye';
  under = 'quality';

  filters() {
    return [{ name: 'kind', label: t('check.kind'), options: kinds() }, { name: 'outlet', label: t('group.outlet') }, { name: 'person', label: t('group.person') }];
  }

  doings() {
    return may('quality') ? html`<button class="primary" data-do="new" @click=${() => checkDialog(() => this.list.run())}>${icon('plus')}${t('check.new')}</button>` : nothing;
  }

  columns() {
    return [
      ['check.at', (one) => day(one.at), 'nowrap'], ['check.kind', (one) => term('checkKind', one.kind), 'nowrap'], ['group.outlet', (one) => one.outlet || '–', 'nowrap'], ['group.person', (one) => one.person || '–', 'nowrap'],
      ['check.scores', (one) => html`<span class="row">${Object.entries(one.scores).map(([name, mark]) => html`<span><span class="muted" dir="auto">${name}</span> <b class=${mark <= 2 ? 'tone-critical' : ''}>${mark}</b></span>`)}</span>`],
      ['check.mean', (one) => one.mean.toFixed(2), 'num'], ['check.comment', (one) => typed(one.comment), 'wide'], ['check.by', (one) => one.by, 'nowrap'],
    ];
  }
}

customElements.define('ac-quality-checks', QualityChecks);
