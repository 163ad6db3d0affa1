import { html } from 'lit';
import { number } from '../../core/format.js';
import { lang, t } from '../../core/i18n.js';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Minutes as people say them: "12 s", "45 min", "2.5 hr", "3 days". */
export function minutes(value) {
  if (value == null) return '–';
  const [amount, unit] = value < 2 ? [Math.round(value * 60), 'second'] : value < 2 * HOUR ? [value, 'minute'] : value < 2 * DAY ? [value / HOUR, 'hour'] : [value / DAY, 'day'];
  return new Intl.NumberFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 1 }).format(amount);
}

/** A share as "94.5 %". */
export const share = (value) => (value == null ? '–' : `${number(Math.round(value * 1000) / 10)} %`);
const score = (value) => (value == null ? '–' : `${value.toFixed(2)} / 5`);

/** The figures of the desk: how each is shown, the target it is held against, and whether less is better. */
export const FIGURES = [
  { name: 'cases', show: number },
  { name: 'meanResponse', show: minutes, target: 'responseMinutes', less: true },
  { name: 'meanResolution', show: minutes, target: 'resolutionMinutes', less: true },
  { name: 'meanResolutionNet', show: minutes, less: true },
  { name: 'attainment', show: share, target: 'attainment' },
  { name: 'firstTimeFix', show: share, target: 'firstTimeFix' },
  { name: 'fixRate', show: share, target: 'fixRate' },
  { name: 'satisfaction', show: score, target: 'satisfaction' },
];

/** Whether a figure met what is wanted: true, false, or null where there is no figure or no target. */
export function met(figure, figures, targets) {
  const [value, wanted] = [figures[figure.name], targets?.[figure.target]];
  if (value == null || wanted == null) return null;
  return figure.less ? value <= wanted : value >= wanted;
}

/** The columns of a table of figures by group; what was missed is marked with a word for who does not see colours. */
export function figureColumns(name, targets) {
  return [[name, (one) => html`<span dir="auto">${one.name || t('figure.nobody')}</span>`, 'nowrap'],
    ...FIGURES.map((figure) => [`figure.${figure.name}`, (one) => {
      const words = figure.show(one.figures[figure.name]);
      return met(figure, one.figures, targets) === false ? html`<span class="tone-critical" title=${t('figure.missed')}>${words} ▼<span class="unseen">${t('figure.missed')}</span></span>` : words;
    }, 'num'])];
}

/** Groups with those that belong to nobody at the end. */
export function named(groups) {
  return [...groups.filter((one) => one.name), ...groups.filter((one) => !one.name)];
}
