import { t } from '../core/i18n.js';

/** Who did something: a person by name, or the program itself. */
export const who = (name) => (name === 'system' ? t('who.system') : name);
