import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { current, go, href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { edit, run } from '../../ui/edit.js';
import { icon } from '../../ui/icons.js';
import { menu } from '../../ui/menu.js';
import { Register } from '../../ui/register.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { once } from './secret.js';
import { standing, webhookFields, webhookOf } from './webhooks.js';

dress({ delivery: { queued: ['info', 'clock'], sent: ['good', 'done'], dead: ['critical', 'error'] } });

/** One webhook and what was sent: each delivery with the answer, and another try. */
class Webhook extends Register {
  static properties = { webhookId: {} };
  route = 'webhook';
  icon = 'out';
  #one = new Load(this, (signal) => api.get(this.#at(), { signal }));

  get path() {
    return `${this.#at()}/deliveries`;
  }

  opened() {
    super.opened();
    this.#one.restart();
  }

  #at() {
    return `/webhooks/${encodeURIComponent(current().id)}`;
  }

  heading() {
    return this.#one.value?.url ?? t('nav.webhook');
  }

  filters() {
    return [{ name: 'state', label: t('sla.state'), options: ['queued', 'sent', 'dead'].map((one) => [one, term('delivery', one)]) }];
  }

  #do(path, words) {
    return run(async () => {
      const answer = await api.post(`${this.#at()}${path}`);
      await Promise.all([this.list.run(), this.#one.run()]);
      return answer;
    }, words);
  }

  #change(active) {
    edit({ title: t('webhook.edit'), path: this.#at(), done: () => this.#one.run(), body: webhookFields, change: (values, first, form) => ({ ...webhookOf(values, form), active: active ?? first.active }) });
  }

  async #secret() {
    const made = await this.#do('/secret');
    if (made) once(t('webhook.secret'), made.secret);
  }

  #remove() {
    ask({
      title: t('webhook.remove'), danger: true, confirm: t('webhook.remove'), body: () => html`<p>${t('webhook.remove.hint')}</p>`,
      submit: async () => {
        await api.delete(this.#at());
        go('webhooks');
      },
    });
  }

  crumb() {
    return html`<div class="crumb"><a href=${href('webhooks')}>${icon('back')}${t('nav.webhooks')}</a></div>`;
  }

  doings() {
    const one = this.#one.value;
    return html`<button data-do="test" @click=${() => this.#do('/test', t('webhook.tested'))}>${icon('play')}${t('webhook.test')}</button>
      <button @click=${() => this.#do('/replay', t('webhook.replayed'))}>${icon('retry')}${t('webhook.replay')}</button>
      ${menu(t('person.more'), html`<button @click=${() => this.#change()}>${t('action.edit')}</button><button @click=${() => this.#change(!one?.active)}>${t(one?.active ? 'webhook.switchOff' : 'webhook.switchOn')}</button><button @click=${() => this.#secret()}>${t('webhook.newSecret')}</button><button class="danger" @click=${() => this.#remove()}>${t('webhook.remove')}</button>`)}`;
  }

  above() {
    return show(this.#one, (one) => html`<p class="row lead">${standing(one)}<span class="muted">${one.description}</span></p>`);
  }

  columns() {
    return [
      ['delivery.at', (one) => ago(one.createdAt), 'nowrap'], ['delivery.type', (one) => html`<span class="mono">${one.type}</span>`, 'nowrap'], ['sla.state', (one) => badge('delivery', one.state)], ['delivery.status', (one) => one.status ?? '–', 'num'], ['delivery.attempts', (one) => one.attempts, 'num'],
      ['delivery.answer', (one) => html`<details><summary>${one.answer || t('delivery.payload')}</summary><pre class="source" tabindex="0">${one.payload}</pre></details>`, 'wide'],
      [null, (one) => (one.state === 'queued' ? nothing : html`<button class="plain" @click=${() => this.#do(`/deliveries/${one.id}/replay`, t('webhook.replayed'))}>${t('delivery.again')}</button>`), 'nowrap'],
    ];
  }
}

customElements.define('ac-webhook', Webhook);
