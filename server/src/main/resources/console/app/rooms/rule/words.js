import { learn } from '../../core/i18n.js';
import { dress } from '../../ui/badges.js';
import { en } from './words-en.js';
import { zh } from './words-zh.js';

learn({ en, zh });
dress({
  ruleState: { on: ['good', 'check'], parked: ['warning', 'wait'], off: ['calm', 'off'] },
  version: { active: ['good', 'check'], earlier: ['calm', 'back'], draft: ['info', 'note'] },
  verdict: { confirmed: ['good', 'done'], refuted: ['critical', 'error'], ticket: ['warning', 'alert'], quiet: ['calm', 'off'], missed: ['proactive', 'search'] },
  explained: { idle: ['calm', 'off'], pending: ['warning', 'clock'], firing: ['critical', 'error'], recovering: ['info', 'pulse'] },
  articleState: { draft: ['calm', 'note'], reviewed: ['info', 'eye'], published: ['good', 'check'], retired: ['calm', 'off'] },
  runbookState: { 'in-force': ['good', 'check'], waiting: ['warning', 'clock'], retired: ['calm', 'off'] },
  runResult: { fixed: ['good', 'done'], 'not-fixed': ['warning', 'alert'], escalate: ['warning', 'people'], dispatch: ['info', 'truck'], completed: ['good', 'check'] },
  answerState: { 'in-use': ['good', 'check'], retired: ['calm', 'off'] },
});
