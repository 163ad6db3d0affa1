import { learn } from '../../core/i18n.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';
import { en as auditEn } from './audit-words-en.js';
import { zh as auditZh } from './audit-words-zh.js';
import { en as givenEn } from './given-words-en.js';
import { zh as givenZh } from './given-words-zh.js';
import { en as peopleEn } from './people-words-en.js';
import { zh as peopleZh } from './people-words-zh.js';

learn({ en: { ...en, ...peopleEn, ...auditEn, ...givenEn }, zh: { ...zh, ...peopleZh, ...auditZh, ...givenZh } });
