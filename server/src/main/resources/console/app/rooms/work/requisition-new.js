import { html } from 'lit';
import { api } from '../../core/api.js';
import { user } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { filled } from '../../ui/edit.js';
import { check, choice, field, pair } from '../../ui/field.js';
import { complain, say } from '../../ui/toast.js';
import { PartLines } from './lines.js';
import { knownPlaces, learnNames } from './names.js';

const GIVES = ['warehouse', 'outlet'];
const GETS = ['van', 'outlet', 'warehouse'];

function placesOf(kinds) {
  return kinds.flatMap((kind) => knownPlaces().filter((one) => one.kind === kind)).map((one) => [one.code, one.name]);
}

/** Asks for parts for a case. Somebody else approves; `order` is the work order that they are for, where there is one. */
export async function requisitionDialog({ ticket, order, done }) {
  try {
    await learnNames();
  } catch (failure) {
    complain(failure);
    return;
  }
  const parts = new PartLines(order?.model);
  const engineer = order?.engineer ?? user?.username;
  ask({
    title: t('requisitionnew.title'), shape: 'wide', confirm: t('requisitionnew.do'),
    body: (again) => html`
      ${ticket ? html`<p class="muted">${t('requisitionnew.for', { ticket })}</p>` : pair(field({ label: t('requisition.case'), name: 'ticket', required: true, placeholder: 'T-000012' }), field({ label: t('requisition.order'), name: 'order', placeholder: 'W-000007', hint: t('requisitionnew.order.hint') }))}
      ${pair(choice({ label: t('requisition.from'), name: 'from', required: true, options: placesOf(GIVES), value: placesOf(GIVES)[0]?.[0] }),
        choice({ label: t('requisition.to'), name: 'to', required: true, options: placesOf(GETS), value: knownPlaces().find((one) => one.engineer === engineer)?.code ?? null }))}
      ${parts.draw(again)}
      ${check({ label: t('requisitionnew.submit'), name: 'submit', checked: true })}`,
    submit: async (values) => {
      const made = await api.post('/requisitions', filled({ ticket: ticket ?? values.ticket.trim(), workOrder: order?.number ?? values.order?.trim(), from: values.from, to: values.to, lines: parts.of(values) }));
      const submitted = Boolean(values.submit);
      if (submitted) await api.post(`/requisitions/${made.id}/transitions`, { to: 'submitted' });
      say(t(submitted ? 'requisitionnew.submitted' : 'requisitionnew.done', { number: `RQ-${made.id}` }));
      await done?.(made);
    },
  });
}
