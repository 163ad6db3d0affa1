/** How the dispatch board is laid out: days, hours and lanes, as plain numbers. */
const DAY_MS = 86_400_000;
const HALF_MS = 1_800_000;
const FIRST_HOUR = 7;
const LAST_HOUR = 20;

/** "2026-11-22" of a moment, in the reader's zone. */
export function dayOf(moment) {
  const at = new Date(moment);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** The midnight at which a day begins, in the reader's zone. */
export function midnight(day) {
  return new Date(`${day}T00:00:00`);
}

/** The day so many days later; one of 23 or 25 hours is a day too. */
export function dayAfter(day, days = 1) {
  const at = midnight(day);
  at.setDate(at.getDate() + days);
  return dayOf(at);
}

export function daysFrom(day, count) {
  return Array.from({ length: count }, (_, i) => dayAfter(day, i));
}

/** Whether a slot lies in a day, at least in part. */
export function touches(slot, day) {
  return new Date(slot.start) < midnight(dayAfter(day)) && new Date(slot.end) > midnight(day);
}

/** The hours of a day that are drawn: the usual ones, and as many more as slots need. */
export function hoursOf(day, slots) {
  const inDay = slots.filter((one) => touches(one, day));
  const from = inDay.map((one) => (new Date(one.start) <= midnight(day) ? 0 : new Date(one.start).getHours()));
  const until = inDay.map((one) => (new Date(one.end) >= midnight(dayAfter(day)) ? 24 : Math.ceil(new Date(one.end).getHours() + new Date(one.end).getMinutes() / 60)));
  return { from: Math.min(FIRST_HOUR, ...from), until: Math.max(LAST_HOUR, ...until) };
}

/** Where a slot stands in a day's lane: the first and the last half hour, counted from 1, and the row where others overlap it. */
export function lanes(day, slots, hours) {
  const start = midnight(day).getTime() + hours.from * 2 * HALF_MS;
  const count = (hours.until - hours.from) * 2;
  const ends = [];
  return slots.filter((one) => touches(one, day)).sort((a, b) => a.start.localeCompare(b.start)).map((one) => {
    const first = Math.max(0, Math.floor((new Date(one.start) - start) / HALF_MS));
    const last = Math.min(count, Math.max(first + 1, Math.ceil((new Date(one.end) - start) / HALF_MS)));
    const free = ends.findIndex((end) => end <= first);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = last;
    return { slot: one, first: first + 1, last: last + 1, lane: lane + 1 };
  });
}

/** The next whole hour of work on a day: now's, or nine in the morning. */
export function nextStart(day, now = new Date()) {
  const nine = midnight(day);
  nine.setHours(9);
  if (now < nine) return nine;
  const next = new Date(Math.ceil(now.getTime() / (2 * HALF_MS)) * 2 * HALF_MS);
  return next.getTime() < midnight(day).getTime() + DAY_MS ? next : nine;
}
