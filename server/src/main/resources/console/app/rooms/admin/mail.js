import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge, dress } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { Register } from '../../ui/register.js';
import { typed } from '../../ui/table.js';
import { at } from '../../ui/time.js';
import { caseLink } from '../../ui/links.js';

const OUTCOMES = ['opened', 'answered', 'noted', 'ignored'];
dress({ mailOutcome: { opened: ['info', 'new'], answered: ['good', 'note'], noted: ['info', 'note'], ignored: ['calm', 'off'] } });

/** Letters that came in, and what became of them. */
class Mail extends Register {
  route = 'mail';
  path = '/mail';
  icon = 'mail';
  under = 'settings';

  filters() {
    return [{ name: 'outcome', label: t('mail.outcome'), options: OUTCOMES.map((one) => [one, term('mailOutcome', one)]) }];
  }

  columns() {
    return [
      ['mail.at', (one) => at(one.receivedAt), 'nowrap'], ['mail.sender', (one) => typed(one.sender), 'nowrap'], ['mail.outcome', (one) => badge('mailOutcome', one.outcome)], ['mail.reason', (one) => typed(one.reason), 'wide'],
      ['mail.ticket', (one) => (one.ticket ? caseLink(one.ticket) : '–'), 'nowrap'],
      [null, (one) => (one.raw && may('coordinator') ? html`<a class="button" download=${`letter-${one.id}.eml`} href=${`/api/v1/mail/${one.id}/raw`}>${icon('down')}${t('mail.raw')}</a>` : nothing), 'nowrap'],
    ];
  }
}

customElements.define('ac-mail', Mail);
