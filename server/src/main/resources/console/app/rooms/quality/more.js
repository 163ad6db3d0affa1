import { landing } from '../../ui/landing.js';

/** What the room keeps besides its daily pages. */
landing('ac-quality-more', 'quality');
