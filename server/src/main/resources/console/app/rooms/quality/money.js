import { lang } from '../../core/i18n.js';

/** An amount in the one currency of the installation, with two decimals. */
export function money(amount) {
  if (amount == null) return '–';
  return new Intl.NumberFormat(lang() === 'zh' ? 'zh-CN' : 'en-GB', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(amount);
}
