import { learn } from '../../core/i18n.js';
import { dress } from '../../ui/badges.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';
import { en as toldEn } from './told-words-en.js';
import { zh as toldZh } from './told-words-zh.js';

learn({ en, zh });
learn({ en: toldEn, zh: toldZh });
dress({ releaseState: { withdrawn: ['critical', 'stop'], expired: ['warning', 'alert'], published: ['good', 'check'] } });
