import { html } from 'lit';
import { View } from '../core/view.js';
import { api, withQuery } from '../core/api.js';
import { term } from '../core/i18n.js';
import { Load } from '../core/load.js';
import { field } from './field.js';

/** The people whom work may be given to, as suggestions for a field. Where they cannot be read there are none, and a name can still be typed. */
class PeopleList extends View {
  static properties = { list: {}, roles: {} };
  #people = new Load(this, async (signal) => (await api.get(withQuery('/assignees', { role: this.roles, limit: 1000 }), { signal })).items);

  opened() {
    this.#people.run();
  }

  render() {
    return html`<datalist id=${this.list}>${(this.#people.value ?? []).map(({ name, roles }) => html`<option value=${name}>${roles.map((one) => term('role', one)).join(', ')}</option>`)}</datalist>`;
  }
}

customElements.define('ac-people-list', PeopleList);

/** A field of a form for who shall do something; `roles`, separated by commas, narrows whom it suggests. */
export function assignee({ roles, ...of }) {
  const list = `people-${of.name}`;
  return html`${field({ maxlength: 100, ...of, list })}<ac-people-list .list=${list} .roles=${roles}></ac-people-list>`;
}
