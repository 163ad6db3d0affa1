import { html, nothing } from 'lit';
import { t } from '../../core/i18n.js';
import { bytes, day, millis } from '../../core/format.js';
import { bind } from '../../core/keys.js';
import { go, href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { badge } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { ago } from '../../ui/time.js';
import { uploadDialog } from './release-upload.js';

/** Signed firmware, newest first. */
class Releases extends Register {
  route = 'releases';
  path = '/releases';
  icon = 'release';

  opened() {
    super.opened();
    if (may('firmware')) this.own(bind([{ key: 'n', label: 'key.release.new', run: uploadDialog }]));
  }

  filters() {
    return [{ name: 'product', label: t('release.product') }];
  }

  doings() {
    return may('firmware') ? html`<button class="primary" @click=${uploadDialog}>${icon('plus')}${t('upload.title')}</button>` : nothing;
  }

  open(release) {
    go('release', release.id);
  }

  #standing(one) {
    if (one.withdrawal) return badge('releaseState', 'withdrawn');
    return badge('releaseState', millis(one.expires) < Date.now() ? 'expired' : 'published');
  }

  columns() {
    return [
      ['release.product', (one) => one.product, 'nowrap'],
      ['release.version', (one) => html`<a class="mono title" href=${href('release', one.id)}>${one.version}</a>`, 'nowrap'],
      ['campaign.state', (one) => this.#standing(one)],
      ['release.fixes', (one) => html`<span class="mono small">${one.fixes?.length ? one.fixes.join(', ') : '–'}</span>`, 'wide'],
      ['release.counter', (one) => one.counter, 'num'],
      ['release.size', (one) => bytes(one.size), 'num nowrap'],
      ['release.signed', (one) => one.key, 'mono'],
      ['release.expires', (one) => (one.expires ? day(one.expires) : '–'), 'nowrap'],
      ['release.published', (one) => html`${one.uploadedBy}, ${ago(one.uploadedAt)}`, 'nowrap muted'],
    ];
  }
}

customElements.define('ac-releases', Releases);
