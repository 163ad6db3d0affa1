import { exact, number } from '../core/format.js';
import { high, low, middle, nearest } from './points.js';

function line(words, strong) {
  const row = document.createElement('div');
  const value = document.createElement(strong ? 'b' : 'span');
  value.textContent = words;
  row.append(value);
  return row;
}

/**
 * The tooltip of a chart, as an element: markup with inline styles would not pass the page's security policy. Charts share their cursor;
 * only the one `under` the pointer says its values, so that tooltips do not hide the other lines.
 */
export function tip(chart, under) {
  return (params) => {
    if (!under()) return '';
    const box = document.createElement('div');
    box.className = 'tip';
    const moment = (Array.isArray(params) ? params[0] : params)?.axisValue;
    const point = moment == null ? null : nearest(chart.points, moment);
    if (!point) return box;
    const said = (one) => `${number(Number(middle(one).toPrecision(4)))} ${chart.unit ?? ''}`;
    const other = chart.others && nearest(chart.others.points, moment);
    box.append(line(exact(point[0])), line(chart.others ? `${chart.others.own}: ${said(point)}` : `${number(middle(point))} ${chart.unit ?? ''}`, true));
    if (other) box.append(line(`${chart.others.label}: ${said(other)}`));
    if (high(point) > low(point)) box.append(line(`${number(low(point))} … ${number(high(point))}`));
    return box;
  };
}
