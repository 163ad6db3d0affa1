import { html } from 'lit';
import { local } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { t } from '../../core/i18n.js';

const MORNING = 9;
const HOUR_MS = 3_600_000;

function morning(daysOn) {
  const day = new Date();
  day.setDate(day.getDate() + daysOn);
  day.setHours(MORNING, 0, 0, 0);
  return day;
}

/** The moments that people put things off to. */
function usual() {
  const now = new Date();
  return [
    ['when.hour', new Date(now.getTime() + HOUR_MS)], ['when.later', new Date(now.getTime() + 4 * HOUR_MS)],
    ['when.tomorrow', morning(1)], ['when.monday', morning(((8 - now.getDay()) % 7) || 7)],
  ];
}

/** A field `until` with buttons for the usual answers. */
export function presets() {
  const put = (event, moment) => {
    event.target.closest('form').elements.namedItem('until').value = local(moment.toISOString());
  };
  return html`<div class="row">${usual().map(([key, moment]) => html`<button type="button" @click=${(event) => put(event, moment)}>${t(key)}</button>`)}</div>
    ${field({ label: t('when.until'), name: 'until', type: 'datetime-local', required: true, value: local(morning(1).toISOString()), min: local(new Date().toISOString()) })}`;
}
