import { html } from 'lit';
import { api } from '../../core/api.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { ask } from '../../ui/dialog.js';
import { complain, say } from '../../ui/toast.js';
import { titleOf } from './rule-shape.js';

/** The ready rules that come with the program, to be put in force; those that are there already are said to be. */
export async function libraryDialog(done) {
  let library;
  let known;
  try {
    [library, known] = await Promise.all([api.get('/rule-library'), api.get('/rules?all=true&limit=200')]);
  } catch (failure) {
    return complain(failure);
  }
  const there = new Set(known.items.filter((rule) => rule.enabled).map((rule) => rule.id));
  return ask({
    title: t('library.title'),
    confirm: t('library.install'),
    shape: 'wide',
    body: () => html`<p class="muted">${t('library.hint')}</p><div class="scroll-y"><table class="list">
      <thead><tr><th scope="col"><span class="unseen">${t('library.choose')}</span></th><th scope="col">${t('rule.id')}</th><th scope="col">${t('rule.severity')}</th><th scope="col">${t('rule.models')}</th></tr></thead>
      <tbody>${library.items.map((rule) => html`<tr>
        <td><input type="checkbox" name=${`rule.${rule.id}`} aria-label=${titleOf(rule)} ?disabled=${there.has(rule.id)}></td>
        <td class="wide">${titleOf(rule)}<div class="sub"><span class="mono">${rule.code}</span>${there.has(rule.id) ? html`<span>${t('library.there')}</span>` : ''}</div></td>
        <td>${badge('severity', rule.severity)}</td><td class="nowrap">${rule.models.join(', ') || t('rules.everything')}</td>
      </tr>`)}</tbody></table></div>`,
    submit: async (values) => {
      const ids = Object.keys(values).filter((name) => name.startsWith('rule.')).map((name) => name.slice('rule.'.length));
      if (!ids.length) throw new Error(t('library.nothing'));
      const { installed } = await api.post('/rule-library/install', { ids });
      say(t('library.done', { count: installed.length }));
      await done();
    },
  });
}
