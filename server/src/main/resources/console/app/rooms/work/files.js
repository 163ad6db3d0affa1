import { api } from '../../core/api.js';

/** Attaches files to a case, one after the other, and answers what the server calls them; the same content by the same name is attached once. */
export async function attachAll(ticket, files) {
  const attached = [];
  for (const file of files) {
    attached.push(await api.post(`/tickets/${encodeURIComponent(ticket)}/attachments?name=${encodeURIComponent(file.name)}`, file, { type: file.type || 'application/octet-stream' }));
  }
  return attached;
}

/** Where the content of an attached file is had. */
export function contentOf(ticket, attachment) {
  return `/api/v1/tickets/${encodeURIComponent(ticket)}/attachments/${encodeURIComponent(attachment)}`;
}
