import { html, nothing } from 'lit';
import { bytes } from '../../../core/format.js';
import { t } from '../../../core/i18n.js';
import { icon } from '../../../ui/icons.js';

/** The files of the case. */
export function filesCard({ id, attachments }) {
  if (!attachments?.length) return nothing;
  return html`<section class="card"><header><h2>${t('desk.files')}</h2><span class="right muted small">${attachments.length}</span></header>
    <ul class="body mini">${attachments.map((one) => html`<li>${icon('down')}<a class="grow cut" dir="auto" href="/api/v1/tickets/${id}/attachments/${one.id}" download=${one.name}>${one.name}</a><span class="muted small">${bytes(one.bytes)}</span></li>`)}</ul></section>`;
}
