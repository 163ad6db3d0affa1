import { number } from '../../core/format.js';
import { t } from '../../core/i18n.js';

/** What the campaign pages compute from what the server says. */

const FAILED = ['failed', 'rolled_back', 'rolled-back'];
const STILL = ['pending', 'waiting', 'cancelled', 'skipped'];

/** How many devices are done, failed, on their way, and in all. */
export function tally(campaign) {
  const counts = campaign.counts ?? {};
  const sum = (states) => states.reduce((all, state) => all + (counts[state] ?? 0), 0);
  const counted = Object.values(counts).reduce((all, count) => all + count, 0);
  const confirmed = counts.confirmed ?? 0;
  const failed = sum(FAILED);
  return { total: counted || (campaign.matched ?? 0), confirmed, failed, moving: counted - confirmed - failed - sum(STILL) };
}

/** Whether a campaign has not begun: no device has a place in it yet. */
export const notBegun = ({ state }) => ['draft', 'awaiting-approval', 'approved'].includes(state);

/** How far devices are, in words: before the start, how many there will be. */
export function progressWords(begun, { total, confirmed, failed }) {
  if (!begun) return t('campaign.count', { count: total });
  const words = t('campaign.progress', { confirmed: number(confirmed), total: number(total) });
  return failed ? `${words}${t('told.and')}${t('campaign.progress.failed', { failed: number(failed) })}` : words;
}

const ONE_ID = /^device\.id == "([^"]+)"$/;
const LISTED = /^device\.id in \[("[^"]+"(?:, "[^"]+")*)\]$/;

/** The devices that a target names one by one; null for one that is a condition. */
export function namedDevices(target) {
  const listed = LISTED.exec(target);
  if (listed) return listed[1].split(', ').map((id) => id.slice(1, -1));
  const each = target.split(' || ').map((one) => ONE_ID.exec(one.trim())?.[1]);
  return each.every(Boolean) ? each : null;
}

const STEPS = { 'awaiting-approval': ['approve', 'abort'], draft: ['submit', 'abort'], approved: ['start', 'abort'], running: ['pause', 'abort'], paused: ['resume', 'abort'] };

/** What a person can do with a campaign now, the usual first: as the server says, else as the state tells. */
export function steps({ state, actions }) {
  const usual = ['submit', 'approve', 'start', 'resume', 'pause', 'advance', 'abort'];
  // of a campaign that was aborted, those that were left to finish can still be given up
  if (state === 'aborted') return actions?.includes('abort') ? ['force'] : [];
  return actions ? usual.filter((step) => actions.includes(step)) : (STEPS[state] ?? []);
}

/** The version that a campaign brings; the release's id where that is all we know. */
export function releaseName({ release, version }) {
  return version ?? release?.version ?? release?.id ?? release;
}
