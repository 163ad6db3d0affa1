import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { exact } from '../../../core/format.js';
import { t, term } from '../../../core/i18n.js';
import { ask } from '../../../ui/dialog.js';
import { facts } from '../../../ui/facts.js';
import { icon } from '../../../ui/icons.js';
import { complain } from '../../../ui/toast.js';

/** A value of the report: a moment, the name of a way to find causes, or what somebody wrote. */
function said(key, value) {
  if (/^\d{4}-\d\d-\d\dT/.test(value)) return exact(value);
  return key === 'method' || key === 'rootCauseMethod' ? term('causeMethod', value) : String(value);
}

/** The facts of a part of the report; a moment is shown as one. */
function part(name, of) {
  const pairs = Object.entries(of ?? {}).filter(([, value]) => value != null && value !== '' && typeof value !== 'object');
  return pairs.length ? html`<h3>${t(`closure.${name}`)}</h3>${facts(pairs.map(([key, value]) => [term('closureField', key), said(key, value)]))}` : nothing;
}

/** How a solved case came to its end, and what is still missing before it can be closed. */
export async function closureReport(ticket) {
  try {
    const report = await api.get(`/tickets/${ticket.id}/closure-report`);
    ask({
      title: `${t('ticket.closure')} · ${report.number}`, shape: 'wide',
      body: () => html`${report.missing.length ? html`<div class="notice warning">${icon('alert')}<div><strong>${t('closure.missing')}</strong><ul>${report.missing.map((one) => html`<li>${one}</li>`)}</ul></div></div>` : html`<p class="notice good">${icon('done')}<span>${t('closure.complete')}</span></p>`}
        <table class="list"><thead><tr><th scope="col">${t('closure.stage')}</th><th scope="col">${t('closure.at')}</th></tr></thead><tbody>${report.stages.map((one) => html`<tr><td>${term('stage', one.stage ?? one.name)}</td><td>${exact(one.at ?? one.from)}</td></tr>`)}</tbody></table>
        ${part('solve', report.solve)}${part('feedback', report.feedback)}${part('verify', report.verify)}${report.improvement ? facts([[t('ticket.improvement'), report.improvement]]) : nothing}`,
    });
  } catch (failure) {
    complain(failure);
  }
}
