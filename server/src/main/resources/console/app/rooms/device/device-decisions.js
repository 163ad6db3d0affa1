import { html } from 'lit';
import { api } from '../../core/api.js';
import { user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { complain, say } from '../../ui/toast.js';

const NOT_THERE_YET = ['requested', 'approved', 'queued'];

async function decide(action, step, body, done) {
  const answer = await api.post(`/actions/${encodeURIComponent(action.id)}/${step}`, body);
  say(t('run.done', { action: term('command', action.action), state: term('action', answer.state) }));
  await done();
}

function withReason(action, step, words, done) {
  ask({
    title: `${words}: ${term('command', action.action)}`,
    confirm: words,
    danger: true,
    body: () => html`<label class="field">${t('ticket.reason')}<textarea name="reason" required maxlength="500"></textarea></label>`,
    submit: ({ reason }) => decide(action, step, { reason }, done),
  });
}

/** What can still be decided of an action: a second person approves or rejects it, anybody who may takes it back before the device has it. */
export function decisions(action, done) {
  const buttons = [];
  if (action.state === 'requested' && action.requestedBy !== user.username) {
    buttons.push(html`<button type="button" class="primary" @click=${() => decide(action, 'approve', undefined, done).catch(complain)}>${t('run.approve')}</button>`);
    buttons.push(html`<button type="button" class="danger" @click=${() => withReason(action, 'reject', t('run.reject'), done)}>${t('run.reject')}</button>`);
  }
  if (NOT_THERE_YET.includes(action.state)) {
    buttons.push(html`<button type="button" @click=${() => withReason(action, 'cancel', t('run.take'), done)}>${t('run.take')}</button>`);
  }
  return buttons;
}
