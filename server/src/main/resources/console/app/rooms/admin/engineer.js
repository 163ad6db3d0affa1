import { html, nothing } from 'lit';
import { View } from '../../core/view.js';
import { api, withQuery } from '../../core/api.js';
import { Load } from '../../core/load.js';
import { day, number } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { title } from '../../core/title.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { edit } from '../../ui/edit.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { empty, show } from '../../ui/states.js';
import { plainTable, typed } from '../../ui/table.js';
import { certificateColumns, applyDialog } from './certificates.js';
import { DAYS, engineerFields, engineerOf } from './engineer-form.js';

/** One engineer: what they can, when they work, their certificates and training file. */
class Engineer extends View {
  static properties = { engineerName: {} };
  #load = new Load(this, async (signal) => {
    const path = `/engineers/${encodeURIComponent(this.engineerName)}`;
    const [one, trainings, certificates] = await Promise.all([api.get(path, { signal }), api.get(`${path}/trainings`, { signal }), api.get(withQuery('/certifications', { engineer: this.engineerName }), { signal })]);
    return { one, trainings: trainings.items, certificates: certificates.items };
  });

  opened() {
    this.#load.restart();
  }

  updated() {
    title(this.engineerName);
  }

  #edit(one) {
    edit({ title: one.name, path: `/engineers/${encodeURIComponent(one.name)}`, method: 'patch', shape: 'wide', done: () => this.#load.run(), body: engineerFields, change: engineerOf });
  }

  #week({ shift }) {
    if (!shift.hours.length) return html`<p class="muted">${t('engineer.shift.none')}</p>`;
    return html`<table class="week"><tbody>${DAYS.map((name) => html`<tr><th scope="row">${term('weekday', name)}</th><td>${shift.hours.filter((one) => one.day === name).map((one) => `${one.from}–${one.to}`).join(', ') || html`<span class="muted">–</span>`}</td></tr>`)}</tbody></table>`;
  }

  render() {
    const again = () => this.#load.run();
    return html`<div class="page"><div class="crumb"><a href=${href('engineers')}>${icon('back')}${t('nav.engineers')}</a></div>
      ${show(this.#load, ({ one, trainings, certificates }) => html`
        <header class="head"><h1>${one.name}</h1>${badge('engineerState', one.state)}${may('coordinator') ? html`<button data-do="edit" @click=${() => this.#edit(one)}>${icon('edit')}${t('action.edit')}</button>` : nothing}</header>
        <div class="columns"><div class="stack">
          ${card(t('nav.certifications'), certificates.length ? plainTable(certificateColumns(again).filter(([word]) => word !== 'engineer.name' && (word !== 'certificate.note' || certificates.some((it) => it.revokedBecause))), certificates) : empty('star', t('certifications.empty'), t('certifications.empty.next')), { flush: true, extra: may('engineer', 'coordinator', 'quality') ? html`<button class="right" @click=${() => applyDialog(one.name, again)}>${icon('plus')}${t('certificate.apply')}</button>` : nothing })}
          ${card(t('training.file'), trainings.length ? plainTable([['training.held', (it) => day(it.heldOn), 'nowrap'], ['training.topic', (it) => typed(it.topic), 'wide'], ['training.hours', (it) => number(it.hours), 'num'], ['training.trainer', (it) => it.trainer, 'nowrap']], trainings) : empty('book', t('training.none'), t('training.none.next')), { flush: true })}
        </div><div class="stack">
          ${card(t('engineer.about'), facts([[t('engineer.level'), term('engineerRank', one.level)], [t('person.region'), one.region], [t('person.outlet'), one.outlet], [t('engineer.load'), number(one.load)], [t('engineer.skills'), one.skills.join(', ')], [t('engineer.training'), one.trainingDue && day(one.trainingDue)]]))}
          ${card(t('engineer.shift'), html`<p class="muted small">${one.shift.zone}</p>${this.#week(one)}`)}
        </div></div>`)}
    </div>`;
  }
}

customElements.define('ac-engineer', Engineer);
