import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { number } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { act } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { who } from '../../ui/who.js';
import { calendarFields, calendarOf, START } from './calendar-form.js';

/** Calendars of business hours, by which clocks count. */
class Calendars extends Register {
  route = 'calendars';
  path = '/calendars';
  icon = 'calendar';

  #add() {
    act({
      title: t('calendar.new'), shape: 'wide', done: (made) => go('calendar', made.id),
      body: () => [field({ label: t('sla.id'), name: 'id', required: true, maxlength: 40, placeholder: 'east' }), calendarFields(START)],
      send: ({ id, ...values }) => api.put(`/calendars/${encodeURIComponent(id)}`, calendarOf(values)),
    });
  }

  doings() {
    return may('coordinator') ? html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('calendar.new')}</button>` : nothing;
  }

  open(one) {
    go('calendar', one.id);
  }

  columns() {
    return [
      ['sla.name', (one) => html`<a class="title" href=${href('calendar', one.id)}>${one.document.name}</a> <span class="mono muted">${one.id}</span>`, 'wide'], ['calendar.zone', (one) => one.document.zone, 'nowrap'], ['calendar.holidays', (one) => one.document.holidays ?? '–', 'nowrap'],
      ['calendar.closed', (one) => number(one.document.closed?.length ?? 0), 'num'], ['calendar.workdays', (one) => number(one.document.workdays?.length ?? 0), 'num'], ['sla.version', (one) => one.version, 'num'], ['sla.saved.by', (one) => html`${who(one.savedBy)}, ${ago(one.savedAt)}`, 'muted nowrap'],
    ];
  }
}

customElements.define('ac-calendars', Calendars);
