import { learn } from '../../core/i18n.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

learn({ en, zh });
