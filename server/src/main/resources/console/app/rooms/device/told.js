import { t, term, told } from '../../core/i18n.js';

const BROKEN = /^(.+), reason (0x[\da-f]+)$/;

/** Why a connection ended, in the reader's language. */
export function endOf(reason) {
  const [, what, code] = BROKEN.exec(reason ?? '') ?? [];
  return what ? `${told('away', what, what)} (${code})` : told('away', reason, reason);
}

function startOf({ text, data }) {
  const reason = data.data?.reason;
  if (!reason) return text;
  const known = told('cause', reason.toLowerCase().startsWith('update') ? 'update' : reason.toLowerCase().replaceAll(/[\s_]+/g, '-'), reason);
  return data.data.firmware ? t('entry.boot', { cause: known, firmware: data.data.firmware }) : known;
}

const WORDS = {
  ota: ({ data }) => t('entry.ota', { version: data.version, state: term('deployment', data.state) }) + (data.state === 'failed' && data.reason ? `: ${data.reason}` : ''),
  fault: ({ text, data }) => (data.title ? `${data.title} · ${told('faultchange', data.change, data.change)}` : text),
  action: ({ text, data }) => (data.name ? `${term('command', data.name)} · ${term('action', data.state)}` : text),
  event: (entry) => (entry.data.code === 'boot' ? startOf(entry) : entry.text),
  attribute: ({ data }) => `${data.name} = ${data.value}`,
  desired: ({ data }) => t('entry.desired', { version: data.version, by: data.by, keys: (data.keys ?? []).join(', ') }),
  drift: ({ data }) => t('entry.drift', { key: data.key }),
};

/** What happened to a device, said in the reader's language where the server tells it as data; a start is no mere event. */
export function inWords(entries) {
  return entries.map((entry) => {
    if (entry.kind === 'disconnected') return { ...entry, text: endOf(entry.text) };
    if (!entry.data || !(entry.kind in WORDS)) return entry;
    const starts = entry.kind === 'event' && entry.data.code === 'boot';
    return { ...entry, kind: starts ? 'boot' : entry.kind, text: WORDS[entry.kind](entry) };
  });
}
