import { html } from 'lit';
import { exact, number } from '../core/format.js';
import { t } from '../core/i18n.js';
import { high, low, middle, nearest } from './points.js';

const ROWS_MAX = 1000;

function beside(points, at) {
  const other = nearest(points, at);
  return other ? number(middle(other)) : '–';
}

/** The chart's numbers as a table, newest first. */
export function rows({ points, title, unit, others }) {
  return html`<div class="rows" tabindex="0">
    <table class="list">
      <caption class="unseen">${title}</caption>
      <thead><tr><th scope="col">${t('chart.time')}</th><th scope="col" class="num">${t('chart.value')} ${unit}</th><th scope="col" class="num">${others ? others.label : t('chart.range')}</th></tr></thead>
      <tbody>
        ${points.slice(-ROWS_MAX).reverse().map((point) => html`<tr>
          <td>${exact(point[0])}</td><td class="num">${number(middle(point))}</td><td class="num muted">${others ? beside(others.points, point[0]) : `${number(low(point))} – ${number(high(point))}`}</td>
        </tr>`)}
      </tbody>
    </table>
  </div>`;
}
