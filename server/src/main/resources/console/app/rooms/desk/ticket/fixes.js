/** What may mend a case from afar, put together from what the server knows: runbooks, and the actions that the fault's rule names. Pure. */

/** The most dangerous of some classes of actions; nothing where there is none. */
export function worst(classes) {
  return [...classes].sort().at(-1) ?? null;
}

function ofRunbook(one) {
  return {
    key: `runbook/${one.runbook}`, runbook: one.runbook, name: one.name, names: one.names, edition: one.edition, class: worst(Object.values(one.actions ?? {})), actions: Object.keys(one.actions ?? {}), expected: one.expected, effect: one.effect,
    failed: one.failures ?? (one.failed ?? []).map((text) => ({ text })), awaitsConsent: Boolean(one.awaitsConsent), tried: one.tried, preselected: one.preselected, byRule: one.byRule, learned: one.learned,
  };
}

function ofAction({ name, params }, known) {
  const found = known?.find((one) => one.action === name);
  if (!found) return null;
  return {
    key: `action/${name}`, action: name, params, name, class: found.class, actions: [name], expected: null, timeout: found.timeoutSeconds, failed: found.refusal ? [{ code: found.awaitsConsent ? 'consent' : null, text: found.refusal }] : [], awaitsConsent: Boolean(found.awaitsConsent),
    confirms: found.needsConfirm, second: found.needsSecond, tried: false, preselected: false, byRule: true,
  };
}

/** All that may mend the case, in the order to try: `known` are the actions that its device's product allows. */
export function fixesOf(ticket, known) {
  const runbooks = (ticket.runbook ?? []).map(ofRunbook);
  const actions = (Array.isArray(ticket.remedies) ? ticket.remedies : []).filter((one) => one.action?.name).map((one) => ofAction(one.action, known)).filter(Boolean);
  return [...runbooks, ...actions];
}

/** The one to begin with. */
export function first(fixes) {
  return fixes.find((one) => one.preselected) ?? fixes.find((one) => !one.tried && !one.failed.length) ?? fixes.find((one) => !one.tried) ?? fixes[0] ?? null;
}

/** The newest question to the customer about one purpose, or nothing. */
export function consentOf(ticket, purpose = 'action') {
  return (ticket.remoteConsents ?? []).filter((one) => one.purpose === purpose).at(-1) ?? null;
}

/**
 * What pressing the button of the drawer would do with a fix: `run` it, `ask` the customer first, `wait` for the answer that is being awaited, or nothing
 * (`blocked`) while something else stands in the way.
 */
export function verdict(fix, consent) {
  if (!fix) return 'blocked';
  if (!fix.failed.length) return 'run';
  if (!fix.awaitsConsent) return 'blocked';
  if (consent?.state === 'asked') return 'wait';
  return 'ask';
}

/** The run that has the device in hand now, or nothing. */
export function running(ticket) {
  return (ticket.runbooks ?? []).find((one) => !one.isFinished) ?? null;
}

/** Whether the customer agreed and nothing was begun since: then the fix is offered at once. */
export function agreed(ticket) {
  const consent = consentOf(ticket);
  if (consent?.state !== 'given' || !consent.at) return null;
  const began = (ticket.runbooks ?? []).some((one) => one.startedAt > consent.at) || (ticket.timeline ?? []).some((one) => one.kind === 'remote-action' && one.at > consent.at);
  return began ? null : consent;
}
