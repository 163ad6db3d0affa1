import { html, nothing } from 'lit';
import { span } from '../../../core/format.js';
import { localized, t } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { icon } from '../../../ui/icons.js';
import { ago } from '../../../ui/time.js';
import { agreed, consentOf, first, fixesOf, running } from './fixes.js';
import { record } from './drawer.js';
import { hurdle } from './says.js';

/** What the desk is offered first: the likely cause, the runbook that is preselected, and what stands in its way. */
export function fixCard(ticket, known, { open, mayRun }) {
  const fixes = fixesOf(ticket, known);
  const fix = first(fixes);
  const cause = ticket.suggested?.remedy;
  if (!fix && !cause) return nothing;
  const yes = agreed(ticket);
  const asked = consentOf(ticket)?.state === 'asked' ? consentOf(ticket) : null;
  return html`<section class="card fixcard" aria-labelledby="fix-title">
    <header><h2 id="fix-title">${t('fix.suggestion')}</h2>${fixes.length > 1 ? html`<span class="right muted small">${t('fix.more', { count: fixes.length - 1 })}</span>` : nothing}</header>
    <div class="body stack">
      ${cause ? html`<div><strong dir="auto">${cause.cause}</strong><div class="muted small" dir="auto">${cause.remedy} · ${t('similar.held', { worked: cause.worked, tried: cause.tried })}</div></div>` : nothing}
      ${yes ? html`<p class="notice good" role="status">${icon('done')}<span class="grow">${t('consent.came')} ${ago(yes.at)}</span></p>` : nothing}
      ${asked ? html`<p class="notice info" role="status">${icon('wait')}<span class="grow">${t('consent.waits')} ${ago(asked.askedAt)}</span></p>` : nothing}
      ${fix ? html`<div class="row"><strong class="grow">${icon(fix.runbook ? 'book' : 'bolt')} ${localized(fix.names, fix.name)}</strong>${fix.class ? badge('deskClass', fix.class) : nothing}</div>
        <p class="muted small">${[fix.expected && span(fix.expected), record(fix)].filter(Boolean).join(' · ')}</p>
        <ul class="needs">${fix.failed.length ? fix.failed.map((why) => html`<li class="tone-critical">${icon('error')}<span>${hurdle(why, consentOf(ticket))}</span></li>`) : html`<li class="tone-good">${icon('check')}<span>${t('fix.ready')}</span></li>`}</ul>
        ${mayRun && !running(ticket) ? html`<button class=${yes ? 'primary' : ''} @click=${() => open(fix.key)}>${icon('bolt')}${t('fix.run')}</button>` : nothing}` : nothing}
    </div>
  </section>`;
}
