import { html } from 'lit';
import { t, term } from '../../core/i18n.js';
import { lines } from '../../ui/edit.js';
import { choice, field, pair } from '../../ui/field.js';

export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

function hoursOf(shift, dayName) {
  return (shift?.hours ?? []).filter((one) => one.day === dayName).map((one) => `${one.from}-${one.to}`).join(', ');
}

/** The fields of an engineer; a day's hours are written as `08:00-12:00, 13:00-17:00`. */
export function engineerFields(one) {
  return html`${pair(choice({ label: t('engineer.level'), name: 'level', value: one?.level ?? 'junior', required: true, options: ['junior', 'senior'].map((level) => [level, term('engineerRank', level)]) }), field({ label: t('person.region'), name: 'region', value: one?.region, maxlength: 100 }))}
    ${field({ label: t('engineer.skills'), name: 'skills', value: (one?.skills ?? []).join(', '), required: true, hint: t('engineer.skills.hint') })}
    <fieldset class="plainset"><legend>${t('engineer.shift')}</legend>${field({ label: t('calendar.zone'), name: 'zone', value: one?.shift?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone })}
    <div class="weekfields">${DAYS.map((name) => field({ label: term('weekday', name), name: `hours.${name}`, value: hoursOf(one?.shift, name), placeholder: '08:00-12:00, 13:00-17:00' }))}</div></fieldset>`;
}

/** What the fields say, as the server takes it. */
export function engineerOf(values) {
  const hours = DAYS.flatMap((name) => lines(values[`hours.${name}`]).map((stretch) => {
    const [from, to] = stretch.split('-').map((part) => part.trim());
    return { day: name, from, to };
  }));
  return { level: values.level, region: values.region || undefined, skills: lines(values.skills), shift: { zone: values.zone, hours } };
}
