import { html } from 'lit';
import { field } from '../../ui/field.js';
import { t } from '../../core/i18n.js';

const MORNING = 9;
const pad = (n) => String(n).padStart(2, '0');

/** A moment as the field `datetime-local` writes it: in the reader's own zone, without naming it. */
export function local(date) {
  return `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}T${pad(date.getHours())}:${pad(date.getMinutes())}`;
}

/** The moment that such a field names, as the server takes it. */
export function zoned(text) {
  return new Date(text).toISOString();
}

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
    ['when.hour', new Date(now.getTime() + 3_600_000)], ['when.later', new Date(now.getTime() + 4 * 3_600_000)],
    ['when.tomorrow', morning(1)], ['when.monday', morning(((8 - now.getDay()) % 7) || 7)],
  ];
}

/** A field `until` with buttons for the usual answers. */
export function presets() {
  const put = (event, moment) => {
    const input = event.target.closest('form').elements.namedItem('until');
    input.value = local(moment);
  };
  return html`<div class="row">${usual().map(([key, moment]) => html`<button type="button" @click=${(event) => put(event, moment)}>${t(key)}</button>`)}</div>
    ${field({ label: t('when.until'), name: 'until', type: 'datetime-local', required: true, value: local(morning(1)), min: local(new Date()) })}`;
}
