import { html, svg } from 'lit';
import { t } from '../../core/i18n.js';

const WIDTH = 150;
const HEIGHT = 34;
const EDGE = 6;
const ROOM = 0.04;

/** The range that holds both groups' intervals, and nothing, with a little room. */
export function range({ updated, waiting }) {
  const ends = [updated, waiting].filter((side) => side.devices).flatMap((side) => [side.low, side.high, side.value]);
  const least = Math.min(0, ...ends);
  const most = Math.max(0, ...ends);
  const room = (most - least || 1) * ROOM;
  return [least - (least < 0 ? room : 0), most + room];
}

/**
 * Both groups of a comparison beside each other, each as its value with its 95 % interval: where they lie apart, chance hardly explains it.
 */
export function forest(comparison) {
  const [from, to] = range(comparison);
  const x = (value) => EDGE + ((value - from) / (to - from)) * (WIDTH - 2 * EDGE);
  const line = (side, kind, y) => (side.devices ? svg`<g class=${kind}><line x1=${x(side.low)} x2=${x(side.high)} y1=${y} y2=${y}/><line x1=${x(side.low)} x2=${x(side.low)} y1=${y - 4} y2=${y + 4}/><line x1=${x(side.high)} x2=${x(side.high)} y1=${y - 4} y2=${y + 4}/><circle cx=${x(side.value)} cy=${y} r="3.4"/></g>` : svg``);
  return html`<svg class="forest" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label=${t('health.forest')}>
    <line class="zero" x1=${x(0)} x2=${x(0)} y1="0" y2=${HEIGHT}/>${line(comparison.updated, `own ${comparison.verdict}`, 11)}${line(comparison.waiting, 'others', 24)}</svg>`;
}
