import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api } from '../../core/api.js';
import { bind } from '../../core/keys.js';
import { onEvent } from '../../core/live.js';
import { day, number, percent, span } from '../../core/format.js';
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
import { empty, show } from '../../ui/states.js';
import { plainTable } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { say } from '../../ui/toast.js';
import { flow } from './runbook-flow.js';
import { nameOf, runbookState } from './runbooks.js';
import { authorOf } from './rule-shape.js';

/** A runbook: its steps as a flow, what it needs, how often it has mended what it was run for, and its second person. */
class Runbook extends View {
  static properties = { runbookId: {} };
  #runbook = new Load(this, async (signal) => {
    const { data, etag } = await api.read(this.path, { signal });
    return { runbook: data, etag };
  });

  get path() {
    return `/runbooks/${encodeURIComponent(this.runbookId)}`;
  }

  opened() {
    this.own(onEvent((name) => name === 'reset' && this.#runbook.run()));
    this.own(bind([{ key: 'Escape', label: 'key.runbooks', run: () => go('runbooks') }]));
    this.#runbook.restart();
  }

  updated() {
    title(this.#runbook.value ? nameOf(this.#runbook.value.runbook) : t('nav.runbooks'));
  }

  #approve({ runbook, etag }) {
    const own = runbook.author === user.username;
    ask({
      title: t('runbook.approve.title', { name: nameOf(runbook) }), confirm: t('runbook.approve'),
      body: () => html`<p>${t('runbook.approve.effect', { edition: runbook.edition })}</p>${own ? html`<p class="tone-warning">${t('article.own')}</p>` : nothing}`,
      submit: async () => {
        try {
          await api.post(`${this.path}/approve`, undefined, { etag });
        } finally {
          await this.#runbook.run();
        }
        say(t('runbook.approved'));
      },
    });
  }

  #retire({ runbook, etag }) {
    const { about, steps, reviseBy } = runbook;
    ask({
      title: t('runbook.retire.title', { name: nameOf(runbook) }), confirm: t('runbook.retire'), danger: true,
      body: () => html`<p>${t('runbook.retire.effect')}</p>`,
      submit: async () => {
        await api.put(this.path, { about, steps, reviseBy, retired: true }, { etag });
        say(t('runbook.retired'));
        await this.#runbook.run();
      },
    });
  }

  #bar(value) {
    const { runbook } = value;
    return html`<div class="actionbar" role="toolbar" aria-label=${t('runbook.actions')}>
      ${may('coordinator', 'quality') && runbookState(runbook) === 'waiting' ? html`<button data-do="approve" class="primary" @click=${() => this.#approve(value)}>${icon('check')}${t('runbook.approve')}</button>` : nothing}
      ${may('engineer', 'coordinator', 'quality') ? html`<a class="button" href=${href('runbook-edit', runbook.id)}>${icon('edit')}${t('action.edit')}</a>` : nothing}
      <a class="button" href=${`/api/v1${this.path}/document`} download=${`runbook-${runbook.id}.yaml`}>${icon('down')}${t('runbook.download')}</a>
      ${may('engineer', 'coordinator', 'quality') && !runbook.retired ? html`<button class="danger right" data-do="retire" @click=${() => this.#retire(value)}>${t('runbook.retire')}</button>` : nothing}
    </div>`;
  }

  #about({ about = {}, ...runbook }) {
    const needs = about.needs ?? {};
    const all = [needs.online === false ? null : t('needs.online'), needs.idle === false ? null : t('needs.idle'), needs.consent ? t('needs.consent') : null].filter(Boolean);
    return card(t('runbook.about'), facts([
      [t('article.models'), about.models?.join(', ') || t('rules.everything')],
      [t('article.codes'), about.codes?.length ? html`<span class="mono">${about.codes.join(', ')}</span>` : t('article.anyCode')],
      [t('runbook.needs'), all.join(', ')],
      [t('runbook.expected'), about.expected && span(about.expected)],
      [t('runbook.soak'), span(about.soak ?? 'PT10M')],
      [t('runbook.effect'), about.effect && html`<span dir="auto">${about.effect[lang()] ?? about.effect.en}</span>`],
      [t('article.author'), html`${authorOf(runbook.author)}, ${ago(runbook.writtenAt)}`],
      [t('runbook.approver'), runbook.approver && html`${runbook.approver}, ${ago(runbook.approvedAt)}`],
      [t('article.reviseBy'), runbook.reviseBy && day(runbook.reviseBy)],
    ]));
  }

  #learned({ learned = [] }) {
    if (!learned.length) return card(t('runbook.learned'), empty('chart', t('runbook.learned.none'), t('runbook.learned.next')), { flush: true });
    return card(t('runbook.learned'), html`${plainTable([
      ['article.edition', (one) => one.edition, 'num'], ['rule.code', (one) => html`<span class="mono small">${one.code}</span>`], ['device.model', (one) => one.model],
      ['learned.runs', (one) => number(one.runs), 'num'], ['learned.fixed', (one) => number(one.fixed), 'num'], ['learned.held', (one) => number(one.held), 'num'], ['learned.lost', (one) => number(one.lost), 'num'],
      ['learned.atLeast', (one) => percent(one.atLeast, 1), 'num'],
    ], learned, { caption: t('runbook.learned') })}<p class="body muted small">${t('learned.words')}</p>`, { flush: true });
  }

  render() {
    return html`<div class="page">${show(this.#runbook, (value) => {
      const { runbook } = value;
      return html`<div class="headline">
          <div class="crumb"><a href=${href('runbooks')}>${t('nav.runbooks')}</a> / <span class="mono">${runbook.id}</span></div>
          <h1 dir="auto">${nameOf(runbook)}</h1>
          <div class="row">${badge('runbookState', runbookState(runbook))}<span class="muted">${t('article.editionOf', { edition: runbook.edition })}</span></div>
        </div>
        ${this.#bar(value)}
        <div class="columns"><div class="stack">${card(t('runbook.steps'), flow(runbook.steps), { flush: true })}${this.#learned(runbook)}</div><div class="stack">${this.#about(runbook)}</div></div>`;
    })}</div>`;
  }
}

customElements.define('ac-runbook', Runbook);
