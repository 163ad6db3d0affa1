import { html, nothing } from 'lit';
import { View } from '../../../core/view.js';
import { api } from '../../../core/api.js';
import { lang, t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { act } from '../../../ui/edit.js';
import { area, field } from '../../../ui/field.js';
import { icon } from '../../../ui/icons.js';
import { failed } from '../../../ui/states.js';
import { ago } from '../../../ui/time.js';
import { path } from './act.js';

const LOOK = { done: ['good', 'check'], answered: ['good', 'check'], held: ['good', 'check'], failed: ['critical', 'error'], skipped: ['calm', 'off'] };

/** A runbook that is carried out: its steps as they come, and the question that it waits to have answered, in place. */
class Run extends View {
  static properties = { run: { attribute: false }, desk: { attribute: false }, may: { type: Boolean }, busy: { state: true }, failure: { state: true } };

  async #tell(body) {
    const { run, desk } = this;
    this.busy = true;
    this.failure = null;
    try {
      await api.post(`${path(desk)}/runbooks/${run.id}/steps/${run.now.step}`, body, { etag: `"${run.version}"` });
    } catch (failure) {
      this.failure = failure;
    } finally {
      await desk.reload();
      this.busy = false;
    }
  }

  #stop() {
    const { run, desk } = this;
    act({ title: t('run.stop.title', { name: run.name }), path: `${path(desk)}/runbooks/${run.id}/stop`, etag: `"${run.version}"`, confirm: t('run.stop'), danger: true, body: () => area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 500 }), done: desk.reload });
  }

  #words(step) {
    return step[lang()] ?? step.en ?? step.label;
  }

  /** What a person has to say now. */
  #asked() {
    const { now } = this.run;
    if (!now || !this.may) return now ? html`<p class="muted small">${icon('wait')} ${t(`run.waits.${now.waitsFor}`)} ${now.until ? ago(now.until) : nothing}</p>` : nothing;
    const note = () => this.querySelector('[name=note]')?.value || undefined;
    switch (now.waitsFor) {
      case 'answer':
        return html`<div class="row">${(now.choices ?? []).map((one) => html`<button class="primary" ?disabled=${this.busy} data-answer=${one.answer} @click=${() => this.#tell({ answer: one.answer })}>${one[lang()] ?? one.en ?? one.answer}</button>`)}</div>`;
      case 'result':
        return html`${field({ label: t('run.note'), name: 'note', maxlength: 2000 })}<div class="row">${['done', 'failed', 'skipped'].map((one) => html`<button class=${one === 'done' ? 'primary' : ''} ?disabled=${this.busy} @click=${() => this.#tell({ result: one, note: note() })}>${term('runResult', one)}</button>`)}</div>`;
      case 'confirm':
        return now.actionClass === 'D'
          ? html`${field({ label: t('run.confirm', { device: this.desk.ticket.device }), name: 'note', required: true })}<button class="danger" ?disabled=${this.busy} @click=${() => this.#tell({ confirm: note() ?? '-' })}>${t('fix.confirm')}</button>`
          : html`<button class="primary" ?disabled=${this.busy} @click=${() => this.#tell({ confirm: 'yes' })}>${t('fix.confirm')}</button>`;
      default:
        return html`<p class="muted small">${t(`run.waits.${now.waitsFor}`)} ${now.until ? html`${t('run.till')} ${ago(now.until)}` : nothing}</p>`;
    }
  }

  #step(step) {
    const here = this.run.now?.step === step.step && !this.run.isFinished;
    const [tone, shape] = LOOK[step.result] ?? (here ? ['info', 'play'] : ['calm', 'new']);
    const seen = this.run.trail?.findLast((one) => one.step === step.step);
    return html`<li class="step ${here ? 'here' : ''} ${step.result || here ? '' : 'muted'}" aria-current=${here ? 'step' : nothing}>
      <span class="dot ${tone}">${icon(shape)}</span>
      <div class="grow"><div>${this.#words(step)}${step.expect ? html` <span class="muted small">(${step.expect})</span>` : nothing}</div>
        ${seen?.text && step.result ? html`<div class="muted small">${seen.text}</div>` : nothing}${step.note ? html`<div class="small" dir="auto">${step.note}</div>` : nothing}
        ${here ? html`<div class="asked">${this.failure ? failed(this.failure) : nothing}${this.#asked()}</div>` : nothing}</div>
      ${step.at ? html`<span class="muted small">${ago(step.at)}</span>` : nothing}</li>`;
  }

  render() {
    const { run } = this;
    return html`<section class="card run" aria-label=${run.name}>
      <header><h2>${icon('book')} ${run.name}</h2>${badge('runState', run.result ?? run.state)}<span class="right muted small">${run.startedBy === 'system' ? t('run.byrule') : run.startedBy} · ${ago(run.startedAt)}</span>
        ${this.may && !run.isFinished ? html`<button class="danger" @click=${() => this.#stop()}>${icon('stop')}${t('run.stop')}</button>` : nothing}</header>
      ${run.reason ? html`<p class="body small">${run.reason}</p>` : nothing}
      <details class="body" ?open=${!run.isFinished}><summary class="muted small">${t('run.steps', { count: run.steps.length })}</summary><ol class="steps" aria-live="polite">${run.steps.map((one) => this.#step(one))}</ol></details>
    </section>`;
  }
}

customElements.define('ac-run', Run);
