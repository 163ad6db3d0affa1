import { html, nothing } from 'lit';
import { icon } from './icons.js';
import { t } from '../core/i18n.js';

export function skeleton() {
  return html`<div class="skeleton" role="status"><span class="unseen">${t('state.loading')}</span><i></i><i></i><i></i><i></i><i></i><i></i></div>`;
}

/** An empty place: why it is empty, and what to do next. */
export function empty(shape, why, next) {
  return html`<div class="hint">${icon(shape)}<strong>${why}</strong>${next ? html`<p>${next}</p>` : nothing}</div>`;
}

function advice(failure) {
  if (failure.status === 403) return t('error.forbidden');
  if (failure.status === 404) return t('error.missing');
  if (failure.status === 412) return t('error.race');
  if (failure.status >= 500) return t('error.server');
  return nothing;
}

/** A failure: what went wrong, what to do, the id to quote, and another try where one makes sense. */
export function failed(failure, retry) {
  return html`<div class="fail" role="alert">
    ${icon('error')}
    <div class="grow">
      <strong>${failure.title ?? t('error.title')}</strong>
      ${failure.errors?.some((one) => one.message && failure.message.includes(one.message)) ? nothing : html`<div>${failure.message}</div>`}
      ${failure.errors?.length ? html`<ul>${failure.errors.map((one) => html`<li>${one.field ? html`<code>${one.field}</code> ` : nothing}${one.message}</li>`)}</ul>` : nothing}
      <div class="small muted">${advice(failure)} ${failure.correlation ? html`${t('error.id')} <code>${failure.correlation}</code>` : nothing}</div>
    </div>
    ${retry ? html`<button type="button" @click=${retry}>${icon('retry')}${t('action.retry')}</button>` : nothing}
  </div>`;
}

/** Shows a `Load`: nothing at first, then a skeleton, then the value or the failure. */
export function show(load, ready) {
  const again = () => load.run();
  switch (load.state) {
    case 'waiting':
      return nothing;
    case 'slow':
      return skeleton();
    case 'failed':
      return failed(load.error, again);
    default:
      return html`${load.error ? failed(load.error, again) : nothing}${ready(load.value)}`;
  }
}
