import { html } from 'lit';
import { READERS } from './device-read.js';

const tag = (name, load, draw, roles = []) => ({ name, load, draw, roles });
const SEES_CRASHES = READERS.crashes;
const SEES_ACTIONS = READERS.care;
const SEES_SHELLS = ['engineer', 'auditor'];

/**
 * The parts of a device's page in their order: the name in the address, its module, how it is drawn from what the page knows, and who may see
 * it (none: everyone).
 */
export const TABS = [
  tag('overview', () => import('./device-overview.js'), (known) => html`<ac-device-overview .device=${known.device} .product=${known.product} .tickets=${known.tickets} .timeline=${known.timeline} .beat=${known.beat}></ac-device-overview>`),
  tag('timeline', () => import('./device-timeline.js'), (known) => html`<ac-device-timeline .device=${known.device} .beat=${known.beat}></ac-device-timeline>`),
  tag('telemetry', () => import('./device-charts.js'), (known) => html`<ac-device-charts .device=${known.device} .product=${known.product} .timeline=${known.timeline} .beat=${known.beat}></ac-device-charts>`),
  tag('config', () => import('./device-config.js'), (known) => html`<ac-device-config .device=${known.device} .product=${known.product} .tickets=${known.tickets} .beat=${known.beat}></ac-device-config>`),
  tag('actions', () => import('./device-actions.js'), (known) => html`<ac-device-actions .device=${known.device} .product=${known.product} .tickets=${known.tickets} .beat=${known.beat}></ac-device-actions>`, SEES_ACTIONS),
  tag('logs', () => import('./device-logs.js'), (known) => html`<ac-device-logs .device=${known.device} .tickets=${known.tickets} .beat=${known.beat}></ac-device-logs>`, SEES_ACTIONS),
  tag('crashes', () => import('./device-crashes.js'), (known) => html`<ac-device-crashes .device=${known.device} .beat=${known.beat}></ac-device-crashes>`, SEES_CRASHES),
  tag('connectivity', () => import('./device-connectivity.js'), (known) => html`<ac-device-connectivity .device=${known.device} .beat=${known.beat}></ac-device-connectivity>`),
  tag('selftests', () => import('./device-selftests.js'), (known) => html`<ac-device-selftests .device=${known.device} .tickets=${known.tickets} .beat=${known.beat}></ac-device-selftests>`, SEES_ACTIONS),
  tag('parts', () => import('./device-parts.js'), (known) => html`<ac-device-parts .device=${known.device} .tickets=${known.tickets} .beat=${known.beat}></ac-device-parts>`, SEES_ACTIONS),
  tag('quarantine', () => import('./device-quarantine.js'), (known) => html`<ac-device-quarantine .device=${known.device} .beat=${known.beat}></ac-device-quarantine>`),
  tag('shell', () => import('./device-shell.js'), (known) => html`<ac-device-shell .device=${known.device} .product=${known.product} .tickets=${known.tickets} .beat=${known.beat}></ac-device-shell>`, SEES_SHELLS),
];
