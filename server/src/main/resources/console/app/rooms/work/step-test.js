import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';

const CHECKS_MAX = 200;
const FIELDS = ['name', 'value', 'limit'];

function rowsOf(kept) {
  return Math.max(1, Number(kept.rows ?? 1));
}

function checkRow(i, kept) {
  const verdict = kept[`passed${i}`] ?? '';
  return html`<fieldset class="testrow"><legend class="unseen">${t('checks.check', { number: i + 1 })}</legend>
    ${FIELDS.map((name) => html`<label class="field"><span>${t(`checks.${name}`)}</span><input name=${name + i} .value=${kept[name + i] ?? ''} ?required=${name !== 'limit'} maxlength=${name === 'name' ? 200 : 500} autocomplete="off" dir="auto"></label>`)}
    <div class="row verdict" role="radiogroup" aria-label=${t('checks.passed')}>
      ${['yes', 'no'].map((one) => html`<label class="button"><input type="radio" name=${`passed${i}`} value=${one} required ?checked=${verdict === one}>${t(`checks.${one}`)}</label>`)}</div>
  </fieldset>`;
}

function checksOf(values, count) {
  return Array.from({ length: count }, (_, i) => ({
    name: values[`name${i}`], value: values[`value${i}`], limit: values[`limit${i}`] || undefined, passed: values[`passed${i}`] === 'yes',
  }));
}

/** The functional test: named checks with what was measured. A test that passed lets the order be finished; one that failed leads back to the repair. */
export function testing({ one, kept, keep, busy, submit, send, run, again }) {
  if (one.test) return verdict(one, { busy, run, send });
  const count = rowsOf(kept);
  const rows = (event, next) => {
    const form = event.target.closest('form');
    form.elements.rows.value = next;
    form.dispatchEvent(new Event('input'));
    again();
  };
  return html`<form class="stack" @input=${keep} @submit=${submit((values) => send('/test', { checks: checksOf(values, count) }), t('checks.done'))}>
    <input type="hidden" name="rows" .value=${String(count)}>
    ${Array.from({ length: count }, (_, i) => checkRow(i, kept))}
    <div class="row"><button type="button" ?disabled=${count >= CHECKS_MAX} @click=${(event) => rows(event, count + 1)}>${icon('plus')}${t('checks.add')}</button>
      ${count > 1 ? html`<button type="button" class="plain" @click=${(event) => rows(event, count - 1)}>${t('checks.remove')}</button>` : nothing}</div>
    <button class="primary big" data-do="test" ?disabled=${busy}>${icon('check')}${t('checks.do')}</button>
  </form>`;
}

function verdict(one, { busy, run, send }) {
  const finish = html`<button class="primary big" data-do="finish" ?disabled=${busy} @click=${() => run(() => send('/transitions', { to: 'done' }), t('order.finish.done'))}>${icon('done')}${t('order.finish')}</button>`;
  const back = html`<button class="big" data-do="back" ?disabled=${busy} @click=${() => run(() => send('/transitions', { to: 'repairing' }), t('order.back.done'))}>${icon('wrench')}${t('order.back')}</button>`;
  return html`<p class="row ${one.test.passed ? 'tone-good' : 'tone-critical'}">${icon(one.test.passed ? 'done' : 'error')}${t(one.test.passed ? 'checks.good' : 'checks.bad')}</p><div class="row">${one.test.passed ? finish : nothing}${back}</div>`;
}
