/**
 * The rooms of the console in the order of the navigation. A room says its name, how its words and its style sheet are had, and its pages.
 * A page says its icon (`icon`; a page without one is reached from another, `in`), the roles it is for (none: everyone), its module, and how
 * it is drawn at a route. Words and modules come when a page of the room is first opened.
 */
import { desk } from './desk/room.js';
import { customer } from './customer/room.js';
import { device } from './device/room.js';
import { incident } from './incident/room.js';
import { firmware } from './firmware/room.js';
import { work } from './work/room.js';
import { rule } from './rule/room.js';
import { quality } from './quality/room.js';
import { admin } from './admin/room.js';

export const ROOMS = [desk, customer, device, incident, firmware, work, rule, quality, admin];

/** The room and the page behind the name of a route, or nothing. */
export function find(name) {
  const room = ROOMS.find((one) => Object.hasOwn(one.pages, name));
  return room ? { room, page: room.pages[name] } : null;
}
