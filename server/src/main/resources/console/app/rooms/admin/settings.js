import { landing } from '../../ui/landing.js';

/** What is set up once and changed seldom. */
landing('ac-settings', 'settings');
