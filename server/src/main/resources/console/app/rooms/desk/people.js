import { html } from 'lit';
import { api } from '../../core/api.js';
import { user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { field } from '../../ui/field.js';

let names = [];
let asked = null;

/** Reads once who works in the field; whoever may not read it assigns to names that are seen elsewhere. */
function read() {
  asked ??= api.get('/engineers?limit=500', { quiet: true }).then((answer) => { names = answer.items.map((one) => one.name); }, () => {});
  return asked;
}

/** The field `owner` of a form, with the names that this person may know; `seen` are names from the page. It draws itself again once they are read. */
export function ownerField(value, seen) {
  let waiting = false;
  return (again) => {
    if (!waiting) read().then(again);
    waiting = true;
    const all = [...new Set([user.username, ...names, ...seen.filter(Boolean)])].sort();
    return html`${field({ label: t('ticket.owner'), name: 'owner', value, list: 'people', hint: t('bulk.assign.hint') })}
      <datalist id="people">${all.map((one) => html`<option value=${one}></option>`)}</datalist>`;
  };
}
