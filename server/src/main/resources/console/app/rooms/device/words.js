import { learn } from '../../core/i18n.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';
import './looks.js';
import { en as fleetEn } from './fleet-words-en.js';
import { zh as fleetZh } from './fleet-words-zh.js';

learn({ en: { ...en, ...fleetEn }, zh: { ...zh, ...fleetZh } });
