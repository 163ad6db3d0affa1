import { html, nothing } from 'lit';
import { bytes } from '../../core/format.js';
import { href } from '../../core/router.js';
import { may } from '../../core/session.js';
import { t, term } from '../../core/i18n.js';
import { badge } from '../../ui/badges.js';
import { card } from '../../ui/card.js';
import { facts } from '../../ui/facts.js';
import { icon } from '../../ui/icons.js';
import { ago, at } from '../../ui/time.js';
import { caseLink } from '../../ui/links.js';
import { complain, say } from '../../ui/toast.js';
import { attachAll, contentOf } from './files.js';
import { deviceLink, partName } from './names.js';

/** Whom to call: who reported the case, else the device's owner. */
export function person({ ticket, customer }) {
  const { name, phone, email } = ticket.contact ?? {};
  const owner = customer?.person ?? {};
  return { name: name || owner.name, phone: phone || owner.phone, email: email || owner.email, address: owner.address };
}

/** A link by which the phone's own map leads there: to the position, else to the address. */
function way({ site }, address) {
  if (site) return `geo:${site.lat},${site.lon}?q=${site.lat},${site.lon}`;
  return address ? `geo:0,0?q=${encodeURIComponent(address)}` : null;
}

/** On a phone: to whom and where, and large buttons to call, to be led there, and to photograph. */
export function reachBar(one, value, done) {
  const { name, phone, address } = person(value);
  const there = one.type === 'depot' ? null : way(one, address);
  const photo = ({ target }) => target.files.length && attach(value.ticket, [...target.files], done);
  return html`<div class="whom"><strong dir="auto">${name}</strong>${one.type === 'depot' ? nothing : html`<span dir="auto">${address}</span>`}</div>
  <div class="reach">
    ${phone ? html`<a class="button" href="tel:${phone.replaceAll(' ', '')}">${icon('call')}${t('order.call')}</a>` : nothing}
    ${there ? html`<a class="button" href=${there}>${icon('truck')}${t('order.navigate')}</a>` : nothing}
    ${may('agent', 'engineer', 'coordinator', 'quality', 'partner') ? html`<label class="button upload">${icon('camera')}${t('files.photo')}<input class="unseen" type="file" accept="image/*" capture="environment" @change=${photo}></label>` : nothing}
    <a class="button" href=${href('device', one.device)}>${icon('device')}${t('order.device')}</a>
  </div>`;
}

export function contactCard(one, value) {
  const { name, phone, email, address } = person(value);
  const there = way(one, address);
  return card(t('order.contact'), facts([
    [t('order.contact.name'), name && html`<span dir="auto">${name}</span>`],
    [t('order.contact.phone'), phone && html`<a href="tel:${phone.replaceAll(' ', '')}">${phone}</a>`],
    [t('order.contact.email'), email && html`<a href="mailto:${email}">${email}</a>`],
    [t('order.contact.address'), address && html`<span dir="auto">${address}</span>`],
    [t('order.site'), one.site && html`<a href=${there}>${one.site.lat}, ${one.site.lon}</a>`],
  ]));
}

export function orderCard(one, { ticket, device }) {
  return card(t('order.about'), facts([
    [t('order.case'), html`${caseLink(one.ticket)} <span dir="auto">${ticket.title}</span>`],
    [t('order.device'), html`${deviceLink(one.device)} ${one.model}`],
    [t('order.firmware.now'), device.firmware && html`<span class="mono">${device.firmware}</span>`],
    [t('order.link'), device.connected ? badge('device', 'online') : html`${badge('device', 'offline')} ${device.lastSeen ? ago(device.lastSeen) : nothing}`],
    [t('order.firmware'), one.firmware && html`<span class="mono">${one.firmware}</span>`],
    [t('order.region'), one.region],
    [t('order.choice'), one.choice && term('way', one.choice)],
    [t('order.tools'), one.tools.length ? one.tools.map((tool, i) => html`${i ? ', ' : nothing}<a class="mono" href=${href('tool', tool)}>${tool}</a>`) : null],
    [t('order.review'), one.approval && html`${one.approval.by} · ${at(one.approval.at)}${one.approval.note ? html`<br><span dir="auto">${one.approval.note}</span>` : nothing}`],
    [t('order.question'), one.question && html`<span dir="auto">${one.question}</span>`],
    [t('order.departed'), one.departedAt && at(one.departedAt)],
  ]));
}

/** What was asked for this case, and how far it is. */
export function partsCard({ requisitions }) {
  if (!requisitions.length) return nothing;
  return card(t('nav.requisitions'), html`<ul class="body mini">${requisitions.map((one) => html`<li>
    <a class="mono" href=${href('requisition', one.id)}>RQ-${one.id}</a><span class="grow cut">${one.lines.map((line) => `${partName(line.part)} × ${line.quantity}`).join(', ')}</span>${badge('requisitionState', one.state)}</li>`)}</ul>`, { flush: true });
}

async function attach(ticket, files, done) {
  try {
    const attached = await attachAll(ticket.id, files);
    say(t('files.done', { count: attached.length }));
  } catch (failure) {
    complain(failure);
  }
  await done();
}

/** The files of the case; on a phone the camera opens. */
export function filesCard({ ticket, files }, done) {
  const chosen = ({ target }) => target.files.length && attach(ticket, [...target.files], done);
  return card(t('files.title'), html`
    ${files.length ? html`<ul class="body mini">${files.map((one) => html`<li>${/\.(png|jpe?g|gif|webp)$/i.test(one.name) ? html`<img class="thumb" loading="lazy" alt="" src=${contentOf(ticket.id, one.id)}>` : icon('link')}<a class="grow cut" href=${contentOf(ticket.id, one.id)} title=${one.name} dir="auto">${one.name}</a><span class="muted small">${bytes(one.bytes)}</span></li>`)}</ul>`
      : html`<p class="body muted">${t('files.none')}</p>`}
    ${may('agent', 'engineer', 'coordinator', 'quality', 'partner') ? html`<div class="body"><label class="button upload">${icon('plus')}${t('files.add')}<input class="unseen" type="file" accept="image/*,application/pdf" multiple @change=${chosen}></label></div>` : nothing}`, { flush: true });
}
