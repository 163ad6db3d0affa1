import { html, nothing } from 'lit';
import { href } from '../../../core/router.js';
import { number } from '../../../core/format.js';
import { t, term } from '../../../core/i18n.js';
import { badge } from '../../../ui/badges.js';
import { facts } from '../../../ui/facts.js';
import { ago, at } from '../../../ui/time.js';

/** When the device has its turn: now, not before a time, or after stages that are not done yet. */
function turn(course) {
  if (!course || course.step !== 'pending' || course.state !== 'running') return null;
  if (course.turn && Date.parse(course.turn) > Date.now()) return html`${t('fix.turn.notbefore')} ${at(course.turn)}`;
  return course.stage <= course.opened ? t('fix.turn.now') : t('fix.turn.after', { n: course.opened });
}

function measured(numbers) {
  return numbers ? html`<strong>${number(numbers.mean)}</strong><div class="muted small">${number(numbers.min)} – ${number(numbers.max)}</div>` : '–';
}

/** What telemetry shows of a fix that held: the metrics of the fault before and after. */
function proof({ metrics }) {
  return metrics?.length ? html`<div class="scroll-x" tabindex="0"><table class="list">
    <thead><tr><th scope="col">${t('fix.metric')}</th><th scope="col" class="num">${t('fix.before')}</th><th scope="col" class="num">${t('fix.after')}</th></tr></thead>
    <tbody>${metrics.map((one) => html`<tr><td class="mono">${one.metric}</td><td class="num">${measured(one.before)}</td><td class="num">${measured(one.after)}</td></tr>`)}</tbody>
  </table></div>` : nothing;
}

/** The firmware that is to mend the fault, where its campaign is, and what telemetry shows of it. */
export function firmwareCard({ fix, fixCourse: course }) {
  if (!fix) return nothing;
  return html`<section class="card">
    <header><h2>${t('fix.title')}</h2><span class="right">${badge('fix', fix.state)}</span></header>
    <div class="body">${facts([
      [t('device.firmware'), html`<a class="mono" href=${href('release', fix.release)}>${fix.version ?? fix.release}</a>`],
      [t('fix.campaign'), fix.campaign && html`<a href=${href('campaign', fix.campaign)}>${course?.name ?? fix.campaign}</a>`],
      [t('fix.state'), course && badge('campaign', course.state)],
      [t('fix.stage'), fix.stage > 0 ? t('fix.stage.of', { n: course?.stage ?? fix.stage, of: course?.stages ?? fix.stages }) : null],
      [t('fix.step'), course && fix.state === 'scheduled' ? term('deployment', course.step) : null],
      [t('fix.turn'), fix.state === 'scheduled' ? turn(course) : null],
      [t('fix.installed'), fix.installedAt && ago(fix.installedAt)],
      [t('fix.soak'), fix.soakUntil && ago(fix.soakUntil)],
      [t('campaign.reason'), fix.reason],
      [t('fix.quiet'), fix.proof && html`${at(fix.proof.quietSince)} – ${at(fix.proof.until)}`],
      [t('fix.raised'), fix.proof && t('fix.raised.times', { before: fix.proof.raisedBefore, since: fix.proof.raisedSince })],
    ])}</div>
    ${fix.proof ? proof(fix.proof) : nothing}
  </section>`;
}
