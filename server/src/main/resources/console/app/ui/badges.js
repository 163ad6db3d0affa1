import { html, nothing } from 'lit';
import { icon } from './icons.js';
import { term } from '../core/i18n.js';

/** How a word of the server looks: a tone and an icon. What we do not know is calm. */
const LOOKS = {
  severity: {
    critical: ['critical', 'error'], error: ['critical', 'error'], major: ['critical', 'error'], high: ['critical', 'error'],
    warning: ['warning', 'alert'], minor: ['warning', 'alert'], medium: ['warning', 'alert'], info: ['info', 'info'], low: ['calm', 'info'],
  },
  priority: { 1: ['critical', 'error'], 2: ['warning', 'alert'], 3: ['info', 'info'], 4: ['calm', 'info'], P1: ['critical', 'error'], P2: ['warning', 'alert'], P3: ['info', 'info'], P4: ['calm', 'info'],
    urgent: ['critical', 'error'], critical: ['critical', 'error'], high: ['warning', 'alert'], normal: ['info', 'info'], medium: ['info', 'info'], low: ['calm', 'info'] },
  ticket: {
    new: ['info', 'new'], assessed: ['info', 'search'], 'in-progress': ['info', 'play'], 'waiting-customer': ['warning', 'wait'],
    'waiting-parts': ['warning', 'wait'], 'waiting-device': ['warning', 'wait'], 'waiting-vendor': ['warning', 'wait'],
    'fix-scheduled': ['proactive', 'clock'], resolved: ['good', 'check'], verified: ['good', 'done'], closed: ['calm', 'done'],
    reopened: ['critical', 'retry'], cancelled: ['calm', 'off'],
  },
  fault: { pending: ['warning', 'clock'], firing: ['critical', 'error'], recovering: ['info', 'pulse'], resolved: ['good', 'check'], suppressed: ['calm', 'off'] },
  incident: { open: ['critical', 'alert'], monitoring: ['warning', 'search'], resolved: ['good', 'check'], merged: ['calm', 'back'] },
  device: {
    provisioned: ['calm', 'new'], active: ['calm', 'check'], online: ['good', 'pulse'], offline: ['calm', 'off'], suspended: ['warning', 'wait'],
    'in-repair': ['warning', 'wrench'], replaced: ['calm', 'retry'], retired: ['calm', 'off'],
  },
  campaign: {
    draft: ['calm', 'note'], 'awaiting-approval': ['warning', 'clock'], approved: ['info', 'check'], running: ['info', 'play'], paused: ['warning', 'wait'],
    aborted: ['critical', 'stop'], finished: ['good', 'done'], waiting: ['calm', 'clock'], pending: ['calm', 'clock'], soaking: ['info', 'clock'], unopened: ['calm', 'off'], passed: ['good', 'done'], failed: ['critical', 'error'],
  },
  key: { valid: ['good', 'check'], revoked: ['critical', 'off'], waiting: ['calm', 'clock'] },
  release: { withdrawn: ['critical', 'stop'] },
  root: { 'in-force': ['good', 'check'], earlier: ['calm', 'back'], expired: ['critical', 'alert'] },
  health: { off: ['calm', 'off'], none: ['calm', 'clock'], worse: ['critical', 'alert'], 'no-sign': ['good', 'check'], 'too-few': ['warning', 'info'] },
  deployment: {
    pending: ['calm', 'clock'], offered: ['info', 'campaign'], accepted: ['info', 'check'], deferred: ['warning', 'wait'], downloading: ['info', 'campaign'],
    downloaded: ['info', 'check'], verifying: ['info', 'search'], installing: ['info', 'wrench'], rebooting: ['info', 'retry'], confirmed: ['good', 'done'],
    failed: ['critical', 'error'], rolled_back: ['critical', 'back'], cancelled: ['calm', 'off'], skipped: ['calm', 'off'],
  },
  fix: {
    waiting: ['warning', 'clock'], scheduled: ['proactive', 'clock'], withheld: ['warning', 'wait'], installed: ['info', 'search'],
    failed: ['critical', 'error'], broken: ['critical', 'retry'], proven: ['good', 'done'],
  },
  action: {
    requested: ['calm', 'clock'], approved: ['info', 'check'], rejected: ['critical', 'off'], queued: ['calm', 'clock'], sent: ['info', 'campaign'], delivered: ['info', 'check'],
    running: ['info', 'play'], succeeded: ['good', 'done'], failed: ['critical', 'error'], 'timed-out': ['critical', 'clock'], expired: ['warning', 'clock'], cancelled: ['calm', 'off'],
  },
  clock: { running: ['info', 'clock'], paused: ['calm', 'wait'], met: ['good', 'done'], breached: ['critical', 'alert'] },
  origin: { proactive: ['proactive', 'pulse'] },
};

/** Says how the words of a room's own groups look: `{group: {word: [tone, icon]}}`. */
export function dress(looks) {
  Object.assign(LOOKS, looks);
}

export function look(group, value) {
  return LOOKS[group]?.[value] ?? ['calm', group === 'origin' ? 'person' : 'new'];
}

export function badge(group, value) {
  if (value == null || value === '') return nothing;
  const [tone, shape] = look(group, value);
  return html`<span class="badge ${tone}">${icon(shape)}${term(group, value)}</span>`;
}
