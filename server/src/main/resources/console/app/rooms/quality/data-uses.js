import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { day } from '../../core/format.js';
import { may, user } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { act, moment } from '../../ui/edit.js';
import { area, choice, field } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { complain } from '../../ui/toast.js';

dress({ dataUse: { asked: ['warning', 'clock'], approved: ['good', 'check'], refused: ['critical', 'off'], expired: ['calm', 'clock'] } });

/** Uses of data beyond the case that it was taken for: asked for by one, decided by another, and ended by themselves. */
class DataUses extends Register {
  route = 'data-uses';
  path = '/data-uses';
  icon = 'lock';
  under = 'quality';

  async #ask() {
    let classes;
    try {
      classes = (await api.get('/data-classes')).items;
    } catch (failure) {
      complain(failure);
      return;
    }
    act({
      title: t('datause.new'), path: '/data-uses', confirm: t('datause.ask'), done: () => this.list.run(),
      body: () => [
        area({ label: t('datause.purpose'), name: 'purpose', required: true, maxlength: 2000 }),
        html`<fieldset class="plainset"><legend>${t('datause.classes')}</legend><div class="choices">${classes.map((one) => html`<label class="row check"><input type="checkbox" name="classes" value=${one.id}><span class="mono">${one.id}</span><span class="muted small">${term('dataLevel', one.level)}</span></label>`)}</div></fieldset>`,
        field({ label: t('datause.until'), name: 'until', type: 'date', required: true }),
      ],
      change: (values, form) => ({ purpose: values.purpose, until: moment(values.until), classes: new FormData(form).getAll('classes') }),
    });
  }

  #decide(one) {
    act({
      title: t('datause.decide'), path: `/data-uses/${one.id}/decision`, done: () => this.list.run(),
      body: () => [html`<p class="muted" dir="auto">${one.purpose}</p>`,
        choice({ label: t('datause.decision'), name: 'approve', required: true, options: [['true', t('datause.allow')], ['false', t('datause.refuse')]] }),
        area({ label: t('ticket.reason'), name: 'reason', required: true, maxlength: 1000 })],
      change: (values) => ({ ...values, approve: values.approve === 'true' }),
    });
  }

  doings() {
    return may('agent', 'engineer', 'coordinator', 'quality') ? html`<button class="primary" data-do="new" @click=${() => this.#ask()}>${icon('plus')}${t('datause.new')}</button>` : nothing;
  }

  #steps(one) {
    if (one.state === 'asked' && may('quality')) return one.askedBy === user.username ? html`<span class="muted small">${t('datause.other')}</span>` : html`<button @click=${() => this.#decide(one)}>${t('datause.decide')}</button>`;
    if (one.state === 'approved' && may('coordinator', 'quality')) return html`<a class="button" download=${`data-use-${one.id}.json`} href=${`/api/v1/data-uses/${one.id}/export`}>${icon('down')}${t('datause.export')}</a>`;
    return nothing;
  }

  columns() {
    return [
      ['datause.state', (one) => badge('dataUse', one.state)], ['datause.purpose', (one) => html`${typed(one.purpose)}${one.reason ? html`<div class="small muted">${typed(one.reason)}</div>` : nothing}`, 'wide'],
      ['datause.classes', (one) => html`<span class="mono small">${one.classes.join(', ')}</span>`], ['datause.until', (one) => day(one.until), 'nowrap'], ['datause.asked', (one) => `${one.askedBy}, ${day(one.askedAt)}`, 'muted nowrap'],
      ['datause.decided', (one) => (one.decidedBy ? `${one.decidedBy}, ${day(one.decidedAt)}` : '–'), 'muted nowrap'], [null, (one) => this.#steps(one), 'nowrap'],
    ];
  }
}

customElements.define('ac-data-uses', DataUses);
