import { html, nothing } from 'lit';
import { api } from '../../../core/api.js';
import { relative, span } from '../../../core/format.js';
import { lang, t } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { ask } from '../../../ui/dialog.js';
import { facts } from '../../../ui/facts.js';
import { area, field } from '../../../ui/field.js';
import { icon } from '../../../ui/icons.js';
import { say } from '../../../ui/toast.js';
import { isConnected } from '../../device/device-read.js';
import { change } from './act.js';
import { consentOf, first, fixesOf, verdict } from './fixes.js';
import { hurdle } from './says.js';

const LIVES = 'PT1H';

/** How often it held before, as far as that is known. */
export function record({ learned }) {
  if (!learned?.runs) return t('fix.unproven');
  if (!learned.held) return t('fix.record.none', { held: 0, runs: learned.runs });
  return t('fix.record', { held: learned.held, runs: learned.runs, least: Math.round(100 * (learned.atLeast ?? 0)) });
}

function needs(fix, connected, consent) {
  const met = [];
  if (fix.failed.length === 0) met.push(html`<li class="tone-good">${icon('check')}<span>${t('fix.ready')}</span></li>`);
  return html`<ul class="needs">${met}${fix.failed.map((why) => html`<li class="tone-critical">${icon('error')}<span>${hurdle(why, consent)}</span></li>`)}
    ${fix.action && connected === false ? html`<li class="tone-warning">${icon('wait')}<span>${t('fix.offline')}</span></li>` : nothing}</ul>`;
}

function consentWords(fix, consent) {
  if (fix.class === 'A' && !fix.awaitsConsent) return t('consent.notneeded');
  if (!consent) return fix.awaitsConsent ? t('consent.missing') : t('consent.notneeded');
  return html`${badge('consent', consent.state)} ${consent.state === 'asked' ? t('consent.asked.by', { by: consent.askedBy, when: relative(consent.askedAt) }) : consent.at ? relative(consent.at) : nothing}`;
}

function about(desk, fix, consent) {
  const device = desk.about?.device;
  const connected = device && isConnected(device);
  return html`<div class="about">
    ${facts([
      [t('fix.class'), fix.class && html`${badge('deskClass', fix.class)} <span class="muted">${t(`class.${fix.class}`)}</span>`],
      [t('fix.effect'), fix.effect?.[lang()] ?? fix.effect?.en ?? t('fix.noeffect')],
      [t('fix.takes'), fix.expected ? span(fix.expected) : fix.timeout ? t('fix.atmost', { span: span(`PT${fix.timeout}S`) }) : null],
      [t('fix.consent'), consentWords(fix, consent)],
      [t('fix.before.use'), record(fix)],
      [t('fix.does'), fix.actions.length ? html`<span class="mono">${fix.actions.join(', ')}</span>` : t('fix.byhand')],
      [t('ticket.device'), device && html`<span class="mono">${device.id}</span> ${connected ? badge('device', 'online') : html`${badge('device', 'offline')} <span class="muted">${t('fix.seen', { when: relative(device.lastSeen) })}</span>`}`],
    ])}
    ${needs(fix, connected, consent)}
    ${fix.second ? html`<p class="tone-warning">${t('fix.second')}</p>` : nothing}
  </div>`;
}

const LABEL = { run: 'fix.confirm', ask: 'consent.request', wait: null, blocked: null };

async function run(desk, fix, values) {
  const { ticket } = desk;
  if (fix.runbook) await change(desk, (path) => api.post(`${path}/runbooks`, { runbook: fix.runbook }));
  else {
    const body = { action: fix.action, params: fix.params ?? undefined, ticket: ticket.number, expiresIn: LIVES, confirm: values.typed || undefined, why: ticket.title };
    await api.post(`/devices/${encodeURIComponent(ticket.device)}/actions`, body);
    await desk.reload();
  }
  say(t('fix.begun', { name: fix.name }));
}

/** Asks the customer to allow what is done from afar; the fix waits for the answer. */
export async function request(desk, why, purposes = ['action']) {
  await change(desk, (path) => api.post(`${path}/remote-consents`, { purposes, why }));
  say(t('consent.requested'));
}

/**
 * What would be done to the device, what the customer notices of it, how long it takes, and whether the customer agreed. The button runs it, or asks the
 * customer first; where something else stands in the way there is no button.
 */
export function fixDrawer(desk, key) {
  const chosen = () => {
    const all = fixesOf(desk.ticket, desk.actions);
    return all.find((one) => one.key === key) ?? first(all);
  };
  const now = () => verdict(chosen(), consentOf(desk.ticket));
  ask({
    title: t('fix.drawer'),
    shape: 'drawer',
    confirm: () => (LABEL[now()] ? t(LABEL[now()]) : null),
    body: (again) => {
      desk.onChange = again;
      const fixes = fixesOf(desk.ticket, desk.actions);
      const fix = chosen();
      if (!fix) return html`<p class="muted">${t('fix.none')}</p>`;
      return html`<fieldset class="fixes"><legend class="unseen">${t('fix.choose')}</legend>${fixes.map((one) => html`<label class="fix ${one.key === fix.key ? 'on' : ''}">
          <input type="radio" name="fix" value=${one.key} .checked=${one.key === fix.key} @change=${() => { key = one.key; again(); }}>
          <span class="grow"><strong>${one.name}</strong>${one.preselected ? html` <span class="badge good">${icon('star')}${t('fix.suggested')}</span>` : nothing}${one.tried ? html` <span class="badge">${t('fix.tried')}</span>` : nothing}</span>
          ${one.class ? badge('deskClass', one.class) : nothing}</label>`)}</fieldset>
        ${about(desk, fix, consentOf(desk.ticket))}
        ${now() === 'ask' ? area({ label: t('consent.why'), name: 'why', required: true, rows: 3, maxlength: 500, value: t('consent.why.usual', { device: desk.ticket.device, title: desk.ticket.title }), hint: t('consent.why.hint') }) : nothing}
        ${now() === 'wait' ? html`<p class="notice info" role="status">${icon('wait')}<span>${t('consent.waits')}</span></p>` : nothing}
        ${now() === 'run' && fix.confirms ? field({ label: t('run.confirm', { device: desk.ticket.device }), name: 'typed', required: true }) : nothing}`;
    },
    submit: async (values) => {
      const todo = now();
      if (todo === 'ask') await request(desk, values.why);
      else if (todo === 'run') await run(desk, chosen(), values);
    },
  });
}
