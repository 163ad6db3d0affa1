import { localized, t } from '../../core/i18n.js';

/** What the rule pages compute from what the server says. */

/** The title of a rule in the reader's language, as far as its author has written it. */
export const titleOf = (rule) => localized(rule.titles, rule.title ?? rule.id);

/** Who wrote something; what came with the program has no person behind it. */
export const authorOf = (author) => (author === 'library' ? t('rules.ready') : author);

/** `on` judges, `parked` rests, `off` is a draft or no more in force. */
export function standing(rule) {
  if (rule.enabled === false || rule.active === false) return 'off';
  return rule.parked ? 'parked' : 'on';
}

/** The models of a rule in words; nothing for every model. */
export function modelsOf(rule) {
  const models = rule.models ?? rule.applies_to?.model;
  return Array.isArray(models) ? models.join(', ') : (models ?? '');
}

/** The id that a document gives itself, also while it is not quite right yet. */
export function idOf(text) {
  return /^id:\s*["']?([a-z0-9][a-z0-9-]{0,63})/m.exec(text)?.[1] ?? null;
}

/** The document that a new rule begins with. */
export const BEGINNING = `id: my-rule
title: What is wrong, in a sentence
# titles: { zh: 一句话说明故障 }
applies_to: { model: LP-2000 }
fault: { code: MY_FAULT, severity: major }
when: 'fuser_temp > 210'
for: 2m
clear_when: 'fuser_temp < 195'
ticket: { open: true, priority: P3 }
tests:
  - name: two hot minutes open it, cooling clears it
    step: 10s
    series: { fuser_temp: "200x6 211x20 190x12" }
    expect: [ { at: 1m, open: false }, { at: 3m50s, open: true }, { at: 6m, open: false } ]
`;
