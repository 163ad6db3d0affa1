import { t, term } from '../../core/i18n.js';
import { dress } from '../../ui/badges.js';

export const GRADES = ['standard', 'silver', 'gold', 'platinum', 'vip'];
export const CHANNELS = ['phone', 'mail', 'app'];
export const LOCALES = ['zh', 'en'];
export const PURPOSES = ['data-use', 'collection', 'marketing', 'remote'];
export const KINDS = ['call-back', 'visit', 'check'];

export const options = (group, words) => words.map((one) => [one, term(group, one)]);
export const scores = () => [1, 2, 3, 4, 5].map((one) => [one, t('followup.score', { score: one })]);

dress({
  followUp: { open: ['info', 'clock'], done: ['good', 'done'], cancelled: ['calm', 'off'] },
  given: { true: ['good', 'check'], false: ['critical', 'off'] },
});
