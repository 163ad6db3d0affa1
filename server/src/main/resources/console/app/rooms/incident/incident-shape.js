import { millis } from '../../core/format.js';

const STEPS = 60;
const BEFORE_MS = 10 * 60_000;

/** How many devices had joined an incident at each moment, from a little before it was opened until its end or now, as points of a chart. */
export function grown(members, openedAt, resolvedAt, now) {
  const joined = members.map((one) => millis(one.joinedAt)).sort((a, b) => a - b);
  const from = Math.min(joined[0] ?? now, millis(openedAt)) - BEFORE_MS;
  const to = Math.max(from + STEPS, millis(resolvedAt) ?? now);
  const points = Array.from({ length: STEPS + 1 }, (_, i) => {
    const at = from + ((to - from) * i) / STEPS;
    return [at, joined.filter((one) => one <= at).length];
  });
  return { from, to, points };
}

const CONDITIONS = {
  firmware: (value) => `device.firmware == ${value}`,
  hardware: (value) => `device.hardware == ${value}`,
  region: (value) => `device.region == ${value}`,
  batch: (value) => `device.tags["batch"] == ${value}`,
};

/** The devices that an incident is about, as campaigns and fleet actions take them: those that are alike in what is suspected. */
export function condition({ suspect, dimension, value }) {
  const group = suspect ?? { dimension, value };
  return CONDITIONS[group.dimension]?.(JSON.stringify(group.value)) ?? '';
}
