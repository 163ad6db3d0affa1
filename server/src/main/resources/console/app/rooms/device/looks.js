import { dress } from '../../ui/badges.js';

dress({
  config: { inSync: ['good', 'check'], pending: ['info', 'clock'], drifted: ['warning', 'alert'] },
  log: { asked: ['info', 'clock'], received: ['info', 'down'], ready: ['good', 'check'], failed: ['critical', 'error'], purged: ['calm', 'off'] },
  warranty: { active: ['good', 'check'], expired: ['warning', 'clock'], pending: ['info', 'clock'], void: ['critical', 'off'], excluded: ['critical', 'off'], transferred: ['calm', 'back'], unproven: ['warning', 'alert'], none: ['calm', 'off'] },
  part: { fitted: ['good', 'check'], removed: ['calm', 'back'], scrapped: ['calm', 'off'] },
  shell: { requested: ['warning', 'clock'], approved: ['info', 'check'], opening: ['info', 'clock'], open: ['good', 'terminal'], closed: ['calm', 'off'] },
  test: { passed: ['good', 'check'], failed: ['critical', 'error'], unread: ['warning', 'alert'] },
  crashgroup: { open: ['critical', 'error'], assigned: ['info', 'person'], resolved: ['good', 'check'], regressed: ['critical', 'retry'] },
  crash: { pending: ['calm', 'clock'], symbolicated: ['good', 'check'], 'symbols-missing': ['warning', 'alert'], 'symbolizer-missing': ['warning', 'alert'], 'no-stack': ['calm', 'off'], failed: ['critical', 'error'] },
  fleetstate: { 'awaiting-approval': ['warning', 'clock'], rejected: ['critical', 'off'], expired: ['warning', 'clock'], running: ['info', 'play'], paused: ['warning', 'wait'], aborted: ['critical', 'stop'], finished: ['good', 'done'] },
  stagestate: { waiting: ['calm', 'clock'], running: ['info', 'play'], soaking: ['info', 'clock'], passed: ['good', 'done'] },
  turn: { waiting: ['calm', 'clock'], asked: ['info', 'campaign'], succeeded: ['good', 'done'], failed: ['critical', 'error'], unreached: ['warning', 'off'], skipped: ['calm', 'off'], cancelled: ['calm', 'off'] },
  holdstate: { planned: ['info', 'clock'], active: ['warning', 'wait'], ended: ['calm', 'done'] },
  dump: { asked: ['info', 'clock'], unread: ['info', 'down'], report: ['good', 'check'], opaque: ['calm', 'lock'], destroyed: ['calm', 'off'] },
});
