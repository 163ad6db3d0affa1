import { html } from 'lit';
import { t, term } from '../../core/i18n.js';
import { icon } from '../../ui/icons.js';

export function inForceBadge(one) {
  return one.inForce ? html`<span class="badge good">${icon('done')}${t('sla.inForce')}</span>` : html`<span class="badge calm">${icon('off')}${t('sla.notInForce')}</span>`;
}

/** For which cases a rule is, in words. */
export function whenWords(when) {
  const parts = [
    when?.grade?.length && `${t('sla.grade')} ${when.grade.map((one) => term('grade', one)).join(', ')}`, when?.region?.length && `${t('person.region')} ${when.region.join(', ')}`,
    when?.priority?.length && when.priority.join(', '), when?.origin?.length && when.origin.map((one) => term('caseOrigin', one)).join(', '),
  ].filter(Boolean);
  return parts.length ? parts.join(' · ') : t('sla.everything');
}
