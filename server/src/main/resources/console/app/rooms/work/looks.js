import { dress } from '../../ui/badges.js';

/** How the states of service work look. */
dress({
  orderState: {
    draft: ['calm', 'note'], dispatched: ['warning', 'clock'], accepted: ['info', 'check'], 'en-route': ['info', 'truck'], 'on-site': ['proactive', 'building'],
    repairing: ['proactive', 'wrench'], testing: ['proactive', 'pulse'], done: ['good', 'done'], failed: ['critical', 'error'],
  },
  orderType: { install: ['calm', 'plus'], 'on-site': ['calm', 'truck'], depot: ['calm', 'building'] },
  rmaState: {
    requested: ['warning', 'clock'], approved: ['info', 'check'], shipped: ['info', 'truck'], received: ['info', 'box'], inspected: ['info', 'search'], repaired: ['good', 'wrench'],
    replaced: ['good', 'retry'], refunded: ['good', 'money'], returned: ['calm', 'back'], closed: ['calm', 'done'], rejected: ['critical', 'off'], cancelled: ['calm', 'off'],
  },
  rmaType: { 'repair-return': ['calm', 'wrench'], exchange: ['calm', 'retry'], refund: ['calm', 'money'] },
  payer: { company: ['info', 'building'], customer: ['warning', 'person'] },
  verdict: { quality: ['critical', 'alert'], 'non-quality': ['calm', 'check'], misuse: ['warning', 'alert'] },
  requisitionState: {
    draft: ['calm', 'note'], submitted: ['warning', 'clock'], approved: ['info', 'check'], rejected: ['critical', 'off'], issued: ['info', 'truck'], received: ['info', 'box'],
    used: ['good', 'done'], returned: ['calm', 'back'], cancelled: ['calm', 'off'],
  },
  parcel: { 'handed-over': ['calm', 'box'], 'in-transit': ['info', 'truck'], delivered: ['good', 'done'], lost: ['critical', 'alert'] },
  partState: { active: ['good', 'check'], obsolete: ['calm', 'off'] },
  moveReason: {
    receive: ['good', 'down'], issue: ['info', 'truck'], transfer: ['calm', 'truck'], fit: ['proactive', 'wrench'], sale: ['good', 'money'], return: ['calm', 'back'], scrap: ['critical', 'off'],
    count: ['warning', 'table'], reversal: ['warning', 'undo'],
  },
  countState: { open: ['warning', 'edit'], counted: ['info', 'clock'], approved: ['good', 'done'], rejected: ['critical', 'off'] },
  clearing: { expired: ['critical', 'clock'], obsolete: ['calm', 'off'], damaged: ['warning', 'alert'] },
  loanerState: { available: ['good', 'check'], lent: ['info', 'person'], checking: ['warning', 'search'], retired: ['calm', 'off'] },
  testState: { passed: ['good', 'done'], failed: ['critical', 'error'] },
});
