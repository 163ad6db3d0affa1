import { html, nothing } from 'lit';

/** A framed part of a page with its heading; `extra` stands at the right of the heading, `flush` leaves out the room around the body: for tables. */
export function card(title, body, { extra = nothing, flush = false } = {}) {
  return html`<section class="card"><header><h2>${title}</h2>${extra}</header>${flush ? body : html`<div class="body">${body}</div>`}</section>`;
}
