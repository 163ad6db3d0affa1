import { html } from 'lit';

/** Every device we look after, and all that is known of one. */
export const device = {
  name: 'device',
  words: () => import('./words.js'),
  sheet: new URL('./device.css', import.meta.url).pathname,
  pages: {
    devices: { icon: 'device', load: () => import('./devices.js'), draw: (route) => html`<ac-devices .filters=${Object.fromEntries(route.query)}></ac-devices>` },
    device: { in: 'devices', load: () => import('./device.js'), draw: (route) => html`<ac-device .deviceId=${route.id} .query=${Object.fromEntries(route.query)}></ac-device>` },
  },
};
