import { html, nothing } from 'lit';
import { api } from '../../core/api.js';
import { go } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t } from '../../core/i18n.js';
import { ask } from '../../ui/dialog.js';
import { icon } from '../../ui/icons.js';
import { complain, say } from '../../ui/toast.js';
import { diffView } from './diff-view.js';

const YAML = 'application/yaml';
const pathOf = (id) => `/rules/${encodeURIComponent(id)}`;
const matching = (version) => (version == null ? undefined : `"${version}"`);

/** After a lost race the newest state is read, so that the page can say who did what; the failure itself is shown where it happened. */
async function racing(page, work) {
  try {
    return await work();
  } catch (failure) {
    if (failure.status === 412 || failure.status === 428) await page.refresh();
    throw failure;
  }
}

/** Keeps what is written as a version, and leaves in force what is in force. */
export async function keepDraft(page, { inForce, id }) {
  if (!id) return complain(new Error(t('rule.noid')));
  try {
    const kept = await racing(page, () => api.put(`${pathOf(id)}?activate=false`, page.text, { type: YAML, etag: matching(inForce) }));
    say(t('rule.kept'));
    return await page.saved(kept.id);
  } catch (failure) {
    return complain(failure);
  }
}

/** The way back from a version that was put in force: to the one before, or out of force. */
async function takeBack(page, id, before) {
  if (before == null) await api.delete(pathOf(id));
  else await api.post(`${pathOf(id)}/activate`, { version: before });
  await page.refresh();
}

/** Puts the text, or a stored `version`, in force, after a look at what changes. */
export function activateDialog(page, { id, versions, inForce, version }) {
  const active = versions.find((one) => one.active);
  const stored = versions.find((one) => one.version === version);
  const source = stored?.source ?? page.text;
  ask({
    title: stored ? t('activate.version', { version: stored.version }) : t('activate.title'),
    confirm: t('rule.activate'),
    shape: 'wide',
    body: () => html`<p>${t('activate.effect')}</p>${active ? html`<h3>${t('activate.against', { version: active.version })}</h3>${diffView(active.source, source)}` : html`<p class="muted">${t('activate.first')}</p>`}`,
    submit: async () => {
      if (!id) throw new Error(t('rule.noid'));
      await racing(page, () => (stored ? api.post(`${pathOf(id)}/activate`, { version: stored.version }, { etag: matching(inForce) }) : api.put(pathOf(id), page.text, { type: YAML, etag: matching(inForce) })));
      say(t('activate.done'), page.ruleId ? () => takeBack(page, id, inForce) : undefined);
      await (stored ? page.refresh() : page.saved(id));
    },
  });
}

async function park(page, rule, parked) {
  const set = async (on) => {
    await api.post(`${pathOf(rule.id)}/${on ? 'park' : 'unpark'}`);
    await page.refresh();
  };
  try {
    await set(parked);
    say(t(parked ? 'park.done' : 'unpark.done'), () => set(!parked));
  } catch (failure) {
    complain(failure);
  }
}

function removeDialog(page, rule, inForce) {
  ask({
    title: t('remove.title', { id: rule.id }),
    confirm: t('rule.remove'),
    danger: true,
    body: () => html`<p>${t('remove.effect')}</p><label class="field">${t('run.confirm', { device: rule.id })}<input name="confirm" class="mono" autocomplete="off" spellcheck="false" required></label>`,
    submit: async ({ confirm }) => {
      if (confirm.trim() !== rule.id) throw new Error(t('remove.differs', { id: rule.id }));
      await racing(page, () => api.delete(pathOf(rule.id), { etag: matching(inForce) }));
      say(t('remove.done'));
      go('rules');
    },
  });
}

/** What can be done with the rule now. */
export function ruleBar(page, { rule, dirty, inForce }) {
  if (!may('engineer', 'quality')) return nothing;
  const wrong = page.errors.length > 0;
  const fresh = dirty || !rule;
  return html`<div class="actionbar" role="toolbar" aria-label=${t('rule.actions')}>
    ${fresh ? html`<button data-do="activate" class="primary" ?disabled=${wrong} title=${wrong ? t('rule.wrong') : ''} @click=${() => page.activate()}>${icon('check')}${t('rule.activate')}</button>
      <button data-do="draft" ?disabled=${wrong} @click=${() => page.keep()}>${icon('note')}${t('rule.keep')}</button>` : html`<span class="muted small">${t('rule.unchanged')}</span>`}
    ${wrong ? html`<span class="tone-critical small">${t('rule.wrong')}</span>` : nothing}
    ${rule && inForce != null ? html`<button data-do="park" class="right" @click=${() => park(page, rule, !rule.parked)}>${icon(rule.parked ? 'play' : 'wait')}${t(rule.parked ? 'rule.unpark' : 'rule.park')}</button>
      <button data-do="remove" class="danger" @click=${() => removeDialog(page, rule, inForce)}>${t('rule.remove')}</button>` : nothing}
  </div>`;
}
