import { learn } from '../../core/i18n.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';
import { en as termsEn } from './terms-words-en.js';
import { zh as termsZh } from './terms-words-zh.js';
import { en as saysEn } from './says-words-en.js';
import { zh as saysZh } from './says-words-zh.js';
import { en as rulesEn } from './rule-words-en.js';
import { zh as rulesZh } from './rule-words-zh.js';

learn({ en: { ...en, ...termsEn, ...saysEn, ...rulesEn }, zh: { ...zh, ...termsZh, ...saysZh, ...rulesZh } });
