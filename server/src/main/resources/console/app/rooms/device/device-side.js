import { html, nothing } from 'lit';
import { href } from '../../core/router.js';
import { day, number } from '../../core/format.js';
import { t } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { show } from '../../ui/states.js';
import { ago } from '../../ui/time.js';
import { tagWords } from './device-read.js';

const SHOWN_FAULTS = 8;

// what people and other faults have to say of it
function faultNotes(fault) {
  return html`${fault.hold ? html`<div class="small">${fault.hold.reason}</div>` : nothing}
    ${fault.acknowledged ? html`<div class="muted small">${t('fault.acknowledged', { by: fault.acknowledged.by })}${fault.acknowledged.note ? html` ${fault.acknowledged.note}` : nothing}</div>` : nothing}
    ${fault.incident ? html`<div class="small"><a href=${href('incident', fault.incident)}>${t('fault.incident', { id: fault.incident })}</a></div>` : nothing}`;
}

export function faultsCard(load) {
  return card(t('device.faults'), show(load, (faults) => (faults.length
    ? html`<ul class="mini">${faults.slice(0, SHOWN_FAULTS).map((fault) => html`<li>
        <div class="grow"><div class="cut">${fault.title ?? fault.code}${fault.count > 1 ? html` <span class="muted">× ${fault.count}</span>` : nothing}</div>
          <div class="muted small cut"><span class="mono">${fault.code}</span> ${ago(fault.lastSeen ?? fault.firstSeen)}</div>
          ${faultNotes(fault)}</div>
        ${badge('severity', fault.severity)}${badge('fault', fault.state)}</li>`)}</ul>`
    : html`<p class="muted">${t('device.faults.none')}</p>`)));
}

/** When the device's metrics will reach their limits; nothing where no trend leads to one. */
export function forecastsCard(load) {
  const ahead = (load.value ?? []).filter((one) => one.estimate);
  if (!ahead.length) return nothing;
  return card(t('device.forecasts'), html`<ul class="mini">${ahead.map((one) => html`<li>
    <div class="grow"><div class="cut"><span class="mono">${one.metric}</span> ${t('device.forecasts.reaches', { limit: number(one.limit) })} <span class="nowrap">${day(one.estimate)}</span></div>
      <div class="muted small">${t('device.forecasts.between', { earliest: day(one.earliest), latest: day(one.latest), percent: Math.round(one.confidence * 100) })}</div></div></li>`)}</ul>`);
}

export function ticketsCard(tickets) {
  return card(t('device.tickets'), tickets.length
    ? html`<ul class="mini">${tickets.map((ticket) => html`<li>
        <span class="mono muted">${ticket.number ?? ''}</span><a class="cut grow" dir="auto" title=${ticket.title} href=${href('tickets', ticket.id)}>${ticket.title}</a>${badge('ticket', ticket.state)}</li>`)}</ul>`
    : html`<p class="muted">${t('device.tickets.none')}</p>`);
}

export function factsCard(device) {
  return card(t('device.facts'), facts([
    [t('device.model'), device.model],
    [t('device.firmware'), device.firmware && html`<span class="mono">${device.firmware}</span>`],
    [t('device.hardware'), device.hardware],
    [t('device.customer'), device.customer],
    [t('device.region'), device.region],
    [t('device.outlet'), device.outlet],
    [t('device.purchased'), device.purchased],
    [t('device.gateway'), device.gateway && html`<a class="mono" href=${href('device', device.gateway)}>${device.gateway}</a>`],
    [t('device.registered'), device.createdAt && day(device.createdAt)],
    [t('device.tags'), tagWords(device.tags)],
  ]));
}

/** The device's text attributes, as it told them last. */
export function attributesCard(load) {
  const attributes = Object.entries(load.value?.attributes ?? {});
  if (!attributes.length) return nothing;
  return card(t('device.attributes'), facts(attributes.map(([name, one]) => [name, one.value ?? String(one)])));
}
