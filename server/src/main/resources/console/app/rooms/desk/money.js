import { lang } from '../../core/i18n.js';

/** An amount with its currency, as people write it. */
export function money(amount, currency) {
  if (amount == null) return '–';
  return new Intl.NumberFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { style: 'currency', currency: currency || 'CNY' }).format(amount);
}
