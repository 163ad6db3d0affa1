import { dress } from '../../ui/badges.js';

dress({
  emergency: { warning: ['warning', 'alert'], responding: ['critical', 'people'], handling: ['critical', 'wrench'], review: ['info', 'search'], closed: ['calm', 'done'] },
  level: { 1: ['critical', 'alert'], 2: ['critical', 'alert'], 3: ['warning', 'alert'], 4: ['info', 'info'] },
  drillstate: { planned: ['info', 'calendar'], run: ['warning', 'play'], evaluated: ['good', 'done'] },
  duty: { open: ['calm', 'clock'], planned: ['info', 'calendar'], done: ['good', 'done'], overdue: ['critical', 'alert'] },
});
