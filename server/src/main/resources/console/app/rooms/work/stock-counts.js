import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { percent } from '../../core/format.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { choice } from '../../ui/field.js';
import { icon } from '../../ui/icons.js';
import { Cursor, rowClick } from '../../ui/list.js';
import { empty } from '../../ui/states.js';
import { typed } from '../../ui/table.js';
import { ago } from '../../ui/time.js';
import { knownPlaces, placeName } from './names.js';
import { StockList } from './stocklist.js';

const HEADS = ['number', 'state', 'location', 'lines', 'accuracy', 'countedby', 'decidedby', 'opened'];

/** Counts of places, the newest first. */
class Counts extends StockList {
  tab = 'counts';
  path = '/stock-counts';
  #cursor = new Cursor(this, { ids: () => this.items().map((one) => one.id), open: (id) => go('count', id), name: 'counts', reveal: (index) => this.window.reveal(index) });

  #new() {
    ask({
      title: t('count.new'), confirm: t('count.open'),
      body: () => html`<p class="muted">${t('count.new.hint')}</p>${choice({ label: t('count.location'), name: 'location', required: true, options: knownPlaces().map((one) => [one.code, one.name]) })}`,
      submit: async ({ location }) => go('count', (await api.post('/stock-counts', { location })).id),
    });
  }

  tools() {
    return may('coordinator') ? html`<button data-do="new" @click=${() => this.#new()}>${icon('plus')}${t('count.new')}</button>` : nothing;
  }

  nothing() {
    return empty('table', t('counts.empty'), t('counts.empty.next'));
  }

  rows(items) {
    return html`<div class="scroll-x" tabindex="0"><table class="list">
      <thead><tr>${HEADS.map((head) => html`<th scope="col" class=${['lines', 'accuracy'].includes(head) ? 'num' : ''}>${t(`count.${head}`)}</th>`)}</tr></thead>
      <tbody>${this.window.rows(items, (one) => one.id, (one) => html`<tr class=${this.#cursor.mark(one.id)} @click=${rowClick(() => go('count', one.id))}>
        <td><a class="title mono" href=${href('count', one.id)}>#${one.id}</a></td><td>${badge('countState', one.state)}</td><td class="wide">${typed(placeName(one.location))}</td><td class="num">${one.lines.length}</td>
        <td class="num">${one.accuracy == null || !one.lines.length ? '–' : percent(one.accuracy, 1)}</td><td>${one.countedBy ?? '–'}</td><td>${one.decidedBy ?? '–'}</td><td class="muted">${ago(one.createdAt)}</td></tr>`)}</tbody>
    </table></div>`;
  }
}

customElements.define('ac-counts', Counts);
