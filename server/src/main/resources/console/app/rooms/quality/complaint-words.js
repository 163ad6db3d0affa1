import { term } from '../../core/i18n.js';
import { dress } from '../../ui/badges.js';

export const STATES = ['logged', 'verified', 'investigating', 'answered', 'followed-up', 'closed'];
export const CLASSES = ['product', 'service', 'other'];
export const SEVERITIES = ['minor', 'moderate', 'major'];
export const CHANNELS = ['phone', 'mail', 'web', 'app', 'social', 'marketplace', 'walk-in', 'on-site'];

/** The choices of a field, in the reader's language. */
export const options = (group, all) => all.map((one) => [one, term(group, one)]);

dress({
  complaintState: { logged: ['critical', 'new'], verified: ['info', 'check'], investigating: ['warning', 'search'], answered: ['info', 'note'], 'followed-up': ['good', 'check'], closed: ['calm', 'done'] },
  complaintSeverity: { major: ['critical', 'error'], moderate: ['warning', 'alert'], minor: ['calm', 'info'] },
});
