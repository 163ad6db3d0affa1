import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { act } from '../../ui/edit.js';
import { choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { once } from './secret.js';

const CHANNELS = ['web', 'app', 'social', 'marketplace'];

/** Keys with which other systems report on behalf of customers. */
class IntakeKeys extends Register {
  route = 'intake-keys';
  path = '/intake-keys';
  icon = 'key';
  under = 'settings';

  #add() {
    act({
      title: t('intake.new'), path: '/intake-keys', confirm: t('regkey.make'),
      body: () => [field({ label: t('sla.name'), name: 'name', required: true, maxlength: 100, hint: t('intake.name.hint') }), choice({ label: t('intake.channel'), name: 'channel', value: 'marketplace', required: true, options: CHANNELS.map((one) => [one, term('caseOrigin', one)]) })],
      done: async (made) => {
        await this.list.run();
        once(t('intake.key'), made.key);
      },
    });
  }

  #end(one) {
    ask({
      title: t('intake.end.title', { name: one.name }), danger: true, confirm: t('intake.end'), body: () => html`<p>${t('intake.end.hint')}</p>`,
      submit: async () => {
        await api.delete(`/intake-keys/${one.id}`);
        await this.list.run();
      },
    });
  }

  doings() {
    return html`<button class="primary" data-do="new" @click=${() => this.#add()}>${icon('plus')}${t('intake.new')}</button>`;
  }

  columns() {
    return [
      ['sla.name', (one) => html`<strong>${one.name}</strong>`, 'wide'], ['intake.channel', (one) => term('caseOrigin', one.channel), 'nowrap'], ['sla.saved.by', (one) => `${one.createdBy}, ${day(one.createdAt)}`, 'muted nowrap'],
      ['sla.state', (one) => (one.revokedAt ? html`<span class="badge calm">${icon('off')}${t('intake.ended')} ${day(one.revokedAt)}</span>` : html`<span class="badge good">${icon('check')}${t('regkey.on')}</span>`), 'nowrap'],
      [null, (one) => (one.revokedAt ? nothing : html`<button class="plain" @click=${() => this.#end(one)}>${t('intake.end')}</button>`), 'nowrap'],
    ];
  }
}

customElements.define('ac-intake-keys', IntakeKeys);
