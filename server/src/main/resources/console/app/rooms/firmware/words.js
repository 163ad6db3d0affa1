import { learn } from '../../core/i18n.js';
import { dress } from '../../ui/badges.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

learn({ en, zh });
dress({ release: { withdrawn: ['critical', 'stop'], expired: ['warning', 'alert'], published: ['good', 'check'] } });
