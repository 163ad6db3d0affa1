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
