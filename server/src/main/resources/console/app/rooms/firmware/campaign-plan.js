import { bytes, number, span } from '../../core/format.js';
import { t, term } from '../../core/i18n.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { at } from '../../ui/time.js';

/** When and how fast a campaign goes, in words: its window, its rate, its retries, its deadline. */
export function planCard({ mode, window, rate, retry, installAfter, deadline, confirm }) {
  return card(t('plan.title'), facts([
    [t('campaign.mode'), term('mode', mode)],
    [t('plan.window'), window ? t('plan.window.of', { start: window.start, duration: span(window.duration), zone: window.zone === 'device' ? t('plan.zone.device') : (window.zone ?? 'UTC') }) : t('plan.always')],
    [t('plan.rate'), [rate?.devicesPerMinute ? t('plan.perMinute', { count: number(rate.devicesPerMinute) }) : null, rate?.bytesPerSecond ? t('plan.perSecond', { bytes: bytes(rate.bytesPerSecond) }) : null].filter(Boolean).join(', ') || t('plan.unbounded')],
    [t('plan.retry'), retry?.attempts > 1 ? t('plan.retry.of', { attempts: retry.attempts, backoff: span(retry.backoff ?? 'PT0S') }) : retry?.attempts],
    [t('plan.installAfter'), installAfter && at(installAfter)],
    [t('plan.deadline'), deadline && at(deadline)],
    [t('plan.confirm'), confirm ? t('plan.confirm.yes') : null],
  ]));
}
