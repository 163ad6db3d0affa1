import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { span } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { localized, t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { complain, say } from '../../ui/toast.js';
import { authorOf } from './rule-shape.js';

/** `in-force`, `waiting` for a second person, or `retired`. */
export function runbookState(runbook) {
  if (runbook.retired) return 'retired';
  return runbook.approver ? 'in-force' : 'waiting';
}

/** What a runbook is called in the reader's language; rules know it by its `name`. */
export const nameOf = (runbook) => localized(runbook.about?.names, runbook.name);

/** The ready runbooks that come with the program. */
async function libraryDialog(done) {
  let library;
  try {
    library = await api.get('/runbook-library');
  } catch (failure) {
    return complain(failure);
  }
  return ask({
    title: t('runbooks.library'), confirm: t('library.install'), shape: 'wide',
    body: () => html`<p class="muted">${t('runbooks.library.hint')}</p><div class="stack">${library.items.map((one) => html`<label class="row check nowrap"><input type="checkbox" name=${`book.${one.id}`}>
      <span>${nameOf(one)} <span class="muted small">${(one.about?.models ?? []).join(', ')} · <span class="mono">${(one.about?.codes ?? []).join(', ')}</span></span></span></label>`)}</div>`,
    submit: async (values) => {
      const ids = Object.keys(values).map((name) => name.slice('book.'.length));
      if (!ids.length) throw new Error(t('library.nothing'));
      const { installed, kept } = await api.post('/runbook-library/install', { ids });
      say(t('runbooks.installed', { installed: installed.length, kept: kept.length }));
      await done();
    },
  });
}

/** Standard procedures: which faults they are for, how many steps, and whether they are in force. */
class Runbooks extends Register {
  route = 'runbooks';
  path = '/runbooks';
  icon = 'play';

  opened() {
    super.opened();
    if (may('engineer', 'coordinator', 'quality')) this.own(bind([{ key: 'n', label: 'key.runbook.new', run: () => go('runbook-new') }]));
  }

  doings() {
    return html`${may('coordinator', 'quality') ? html`<button @click=${() => libraryDialog(() => this.list.run())}>${icon('book')}${t('runbooks.library')}</button>` : nothing}
      ${may('engineer', 'coordinator', 'quality') ? html`<a class="button" href=${href('runbook-new')}>${icon('plus')}${t('runbook.new')}</a>` : nothing}`;
  }

  open(runbook) {
    go('runbook', runbook.id);
  }

  columns() {
    return [
      ['runbook.name', (one) => html`<a class="title" href=${href('runbook', one.id)}>${typed(nameOf(one))}</a>`, 'wide'],
      ['article.codes', (one) => html`<span class="mono small">${(one.about?.codes ?? []).join(', ') || '–'}</span>`],
      ['article.models', (one) => (one.about?.models ?? []).join(', ') || t('rules.everything'), 'nowrap'],
      ['runbook.steps', (one) => one.steps.length, 'num'],
      ['runbook.expected', (one) => (one.about?.expected ? span(one.about.expected) : '–'), 'num'],
      ['article.edition', (one) => one.edition, 'num'],
      ['article.state', (one) => badge('runbookState', runbookState(one))],
      ['article.written', (one) => html`${authorOf(one.author)}, ${ago(one.writtenAt)}`, 'nowrap muted'],
    ];
  }
}

customElements.define('ac-runbooks', Runbooks);
