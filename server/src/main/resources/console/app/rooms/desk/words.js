import { learn } from '../../core/i18n.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';
import { en as termsEn } from './terms-words-en.js';
import { zh as termsZh } from './terms-words-zh.js';

learn({ en: { ...en, ...termsEn }, zh: { ...zh, ...termsZh } });
