import { html, nothing } from 'lit';
import { ref } from 'lit/directives/ref.js';
import { hour, slot as slotWords, weekday } from '../../core/format.js';
import { href } from '../../core/router.js';
import { t, term } from '../../core/i18n.js';
import { look } from '../../ui/badges.js';
import { icon } from '../../ui/icons.js';
import { causesWords } from './causes.js';
import { dayOf, hoursOf, lanes, midnight, touches } from './board-shape.js';

const HALF_MS = 1_800_000;

/** Places an element in a grid; the page's policy forbids styles in the markup, not from script. */
function placed(column, row) {
  return ref((element) => {
    if (!element) return;
    element.style.gridColumn = column;
    if (row) element.style.gridRow = row;
  });
}

/** Stands at so much of the lane's width. */
function at(share) {
  return ref((element) => element?.style.setProperty('left', `${100 * share}%`));
}

function columns(count) {
  return ref((element) => element?.style.setProperty('--columns', count));
}

/** A booked order. Its words tell the state; the colour only repeats it. */
function chip(one, hand, where) {
  const [tone, shape] = look('orderState', one.state);
  const words = `${one.number}, ${term('orderState', one.state)}, ${slotWords(one.start, one.end)}, ${one.device}${one.confirmed ? `, ${t('board.confirmed')}` : ''}`;
  const movable = hand.may && one.state === 'accepted';
  const drag = (event) => {
    event.dataTransfer.setData('text/plain', one.number);
    hand.drag(one.number);
  };
  return html`<a class="chip ${tone} ${hand.mark(one.number)}" ${where} href=${href('order', one.number)} data-id=${one.number} title=${words} draggable=${String(movable)} @dragstart=${drag} @dragend=${() => hand.drag(null)}>
    <span class="when"><b>${hour(one.start)}</b><span class="spare cut">${term('orderState', one.state)}</span><span class="unseen">, ${words}</span>${one.confirmed ? icon('check') : nothing}</span>
    <span class="sub">${icon(shape)}<span class="nowrap">${one.number}</span><span class="spare cut">${one.device}</span></span>
  </a>`;
}

function person(one) {
  return html`<div class="person"><strong class="cut" title=${one.name}>${one.name}</strong>
    <span class="muted small cut">${[one.region, one.outlet].filter(Boolean).join(' · ')}</span>
    <span class="small ${one.off ? 'tone-warning' : 'muted'} cut" title=${one.off ? causesWords(one.causes) : ''}>${one.off ? html`${icon('off')}${t('board.off')}` : t('board.load', { count: one.load })}</span>
  </div>`;
}

/** Lets a draft be dropped on an element; `when(event)` says at which time. */
function target(hand, engineer, when) {
  return {
    over: (event) => {
      event.preventDefault();
      event.currentTarget.classList.add('aimed');
    },
    leave: (event) => event.currentTarget.classList.remove('aimed'),
    drop: (event) => {
      event.preventDefault();
      event.currentTarget.classList.remove('aimed');
      hand.drop(engineer, ...when(event));
    },
  };
}

/** The time under the pointer, down to the half hour. */
function under(event, day, hours) {
  const box = event.currentTarget.getBoundingClientRect();
  const halves = (hours.until - hours.from) * 2;
  const half = Math.max(0, Math.min(halves - 1, Math.floor(((event.clientX - box.left) / box.width) * halves)));
  return new Date(midnight(day).getTime() + hours.from * 2 * HALF_MS + half * HALF_MS);
}

/** One day: a lane for each person, from morning to evening. */
export function dayLanes(engineers, day, hand) {
  const hours = hoursOf(day, engineers.flatMap((one) => one.slots));
  const count = hours.until - hours.from;
  const now = (Date.now() - midnight(day) - hours.from * 2 * HALF_MS) / (count * 2 * HALF_MS);
  return html`<div class="scroll-x"><div class="timetable">
    <div class="person"></div>
    <div class="hours" ${columns(count * 2)}>${Array.from({ length: count }, (_, i) => html`<span ${placed(`${i * 2 + 1} / span 2`)}>${String(hours.from + i).padStart(2, '0')}</span>`)}</div>
    ${engineers.map((one) => {
      const aim = target(hand, one.name, (event) => [day, under(event, day, hours)]);
      return html`${person(one)}<div class="lane ${one.off ? 'away' : ''}" ${columns(count * 2)} data-engineer=${one.name} @dragover=${aim.over} @dragleave=${aim.leave} @drop=${aim.drop}>
        ${now >= 0 && now < 1 ? html`<i class="now" ${at(now)}></i>` : nothing}
        ${lanes(day, one.slots, hours).map((it) => chip(it.slot, hand, placed(`${it.first} / ${it.last}`, `${it.lane}`)))}
      </div>`;
    })}
  </div></div>`;
}

/** Several days: a cell for each person and day. */
export function weekGrid(engineers, days, hand) {
  const today = dayOf(Date.now());
  return html`<div class="scroll-x"><div class="timetable week">
    <div class="person"></div>${days.map((day) => html`<div class="daybar ${day === today ? 'today' : ''}">${weekday(midnight(day))}</div>`)}
    ${engineers.map((one) => html`${person(one)}${days.map((day) => {
      const aim = target(hand, one.name, () => [day]);
      return html`<div class="cell ${one.off ? 'away' : ''}" data-engineer=${one.name} data-day=${day} @dragover=${aim.over} @dragleave=${aim.leave} @drop=${aim.drop}>
        ${one.slots.filter((it) => touches(it, day)).sort((a, b) => a.start.localeCompare(b.start)).map((it) => chip(it, hand, nothing))}</div>`;
    })}`)}
  </div></div>`;
}
