import { html, nothing } from 'lit';
import { lang, t } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';
import { knownParts } from './names.js';

const MAX = 100;

/** Lines of parts and numbers in a form, as many as wanted. */
export class PartLines {
  #count = 1;
  #model;

  /** `model` narrows the parts to those that fit. */
  constructor(model) {
    this.#model = model;
  }

  get #parts() {
    return knownParts().filter((one) => one.state === 'active' && (!this.#model || !one.models.length || one.models.includes(this.#model)));
  }

  draw(again) {
    const more = (step) => () => {
      this.#count += step;
      again();
    };
    return html`<fieldset class="lines"><legend>${t('lines.parts')}</legend>
      ${Array.from({ length: this.#count }, (_, i) => html`<div class="row nowrap">
        <select class="grow" name=${`part${i}`} aria-label=${t('repair.part')} required><option value="">–</option>${this.#parts.map((one) => html`<option value=${one.code}>${one.name[lang()]} · ${one.code}</option>`)}</select>
        <input class="few" name=${`quantity${i}`} type="number" min="1" max="10000" value="1" required aria-label=${t('repair.quantity')}></div>`)}
      <div class="row"><button type="button" ?disabled=${this.#count >= MAX} @click=${more(1)}>${icon('plus')}${t('lines.add')}</button>
        ${this.#count > 1 ? html`<button type="button" class="plain" @click=${more(-1)}>${t('lines.remove')}</button>` : nothing}</div>
    </fieldset>`;
  }

  of(values) {
    return Array.from({ length: this.#count }, (_, i) => ({ part: values[`part${i}`], quantity: Number(values[`quantity${i}`]) }));
  }
}
