import { html } from 'lit';
import { go, href } from '../../core/router.js';
import { t } from '../../core/i18n.js';
import { act } from '../../ui/edit.js';
import { field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { typed } from '../../ui/table.js';
import { once } from './secret.js';

const EVENTS = ['ticket.opened', 'ticket.changed'];

/** The fields of a webhook. */
export function webhookFields(one) {
  return [
    field({ label: 'URL', name: 'url', type: 'url', value: one?.url, required: true, maxlength: 1000, placeholder: 'https://' }), field({ label: t('webhook.description'), name: 'description', value: one?.description, maxlength: 500 }),
    html`<fieldset class="plainset" name="events" tabindex="-1"><legend>${t('webhook.events')}</legend><div class="row">${EVENTS.map((name) => html`<label class="row check"><input type="checkbox" name="event" value=${name} ?checked=${one ? one.events.includes(name) : true}><span class="mono">${name}</span></label>`)}</div></fieldset>`,
  ];
}

export const webhookOf = ({ event, ...values }, form) => ({ ...values, events: new FormData(form).getAll('event') });

/** How a webhook does: at work, failing, or switched off. */
export function standing(one) {
  if (!one.active) return html`<span class="badge calm">${icon('off')}${t('webhook.off')}</span>${one.reason ? html` <span class="muted small">${one.reason}</span>` : ''}`;
  return one.failures ? html`<span class="badge critical">${icon('alert')}${t('webhook.failing', { n: one.failures })}</span>` : html`<span class="badge good">${icon('check')}${t('webhook.on')}</span>`;
}

/** Where other systems are told what happens. */
class Webhooks extends Register {
  route = 'webhooks';
  path = '/webhooks';
  icon = 'link';
  under = 'settings';

  #add() {
    act({
      title: t('webhook.new'), path: '/webhooks', body: () => webhookFields(null), change: (values, form) => ({ ...webhookOf(values, form), active: true }),
      done: async (made) => {
        await this.list.run();
        once(t('webhook.secret'), made.secret);
      },
    });
  }

  doings() {
    return html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('webhook.new')}</button>`;
  }

  open(one) {
    go('webhook', one.id);
  }

  columns() {
    return [
      ['webhook.url', (one) => html`<a class="title" href=${href('webhook', one.id)}>${typed(one.url)}</a>`, 'wide'], ['webhook.description', (one) => typed(one.description)], ['webhook.events', (one) => html`<span class="mono small">${one.events.join(', ')}</span>`], ['sla.state', standing, 'nowrap'], ['sla.saved.by', (one) => html`${one.createdBy}, ${ago(one.createdAt)}`, 'muted nowrap'],
    ];
  }
}

customElements.define('ac-webhooks', Webhooks);
