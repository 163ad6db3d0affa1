import { html } from 'lit';
import { t, term } from '../../core/i18n.js';
import { act, edit, lines, local, moment } from '../../ui/edit.js';
import { area, check, choice, field, pair } from '../../ui/field.js';
import { levelWords } from './emergencies.js';

const KINDS = ['device-failure', 'complaint', 'outage'];
const WEEK_MS = 7 * 86_400_000;

function fields(plan = {}) {
  return html`${field({ label: t('drill.title'), name: 'title', required: true, maxlength: 150, value: plan.title })}
    ${pair(choice({ label: t('drill.kind'), name: 'kind', required: true, value: plan.kind ?? 'device-failure', options: KINDS.map((one) => [one, term('drillkind', one)]) }), choice({ label: t('emergency.level'), name: 'level', required: true, value: plan.level ?? 3, options: [1, 2, 3, 4].map((one) => [one, levelWords(one)]) }))}
    ${area({ label: t('drill.content'), name: 'content', required: true, maxlength: 4000, value: plan.content, rows: 4 })}
    ${pair(field({ label: t('drill.when'), name: 'scheduledAt', type: 'datetime-local', required: true, value: local(plan.scheduledAt ?? new Date(Date.now() + WEEK_MS).toISOString()) }), check({ label: t('drill.full'), name: 'full', checked: plan.full, hint: t('drill.full.hint') }))}
    ${area({ label: t('drill.people'), name: 'people', required: true, value: plan.people?.join('\n'), hint: t('drill.perline'), rows: 2 })}
    ${area({ label: t('drill.criteria'), name: 'criteria', required: true, value: plan.criteria?.join('\n'), hint: t('drill.perline'), rows: 3 })}
    ${area({ label: t('emergency.devices'), name: 'devices', required: true, value: plan.devices?.join('\n'), hint: t('emergency.devices.hint'), rows: 2, mono: true })}`;
}

function planned(values) {
  return {
    ...values, level: Number(values.level), full: values.full === 'on', scheduledAt: moment(values.scheduledAt), people: lines(values.people),
    criteria: values.criteria.split('\n').map((one) => one.trim()).filter(Boolean), devices: lines(values.devices),
  };
}

/** Plans a drill, or changes one (`drill`) that was not run. */
export function planDialog(drill, done) {
  if (!drill) {
    act({ title: t('drill.plan'), confirm: t('drill.plan'), path: '/drills', shape: 'wide', body: () => fields(), change: planned, done });
    return;
  }
  edit({ title: t('drill.replan'), path: `/drills/${drill.id}`, shape: 'wide', of: (one) => ({ ...one.plan, scheduledAt: one.scheduledAt, full: one.full }), body: fields, change: planned, done });
}
