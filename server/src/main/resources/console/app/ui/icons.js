import { svg, html } from 'lit';

/** Line icons on a grid of 16; decoration only, words always stand beside them. */
const SHAPES = {
  queue: svg`<path d="M2.5 4h11M2.5 8h11M2.5 12h6"/>`,
  device: svg`<rect x="2.5" y="3" width="11" height="8" rx="1.5"/><path d="M6 13.5h4"/>`,
  campaign: svg`<path d="M8 10V2.5M5 5.5l3-3 3 3M3 9.5v3a1 1 0 0 0 1 1h8a1 1 0 0 0 1-1v-3"/>`,
  release: svg`<path d="M8 2l5.5 3v6L8 14l-5.5-3V5z"/><path d="M2.5 5L8 8l5.5-3M8 8v6"/>`,
  rule: svg`<path d="M2.5 4.500h6M11.5 4.500h2M2.5 11.500h2M7.5 11.500h6"/><circle cx="10" cy="4.5" r="1.5"/><circle cx="6" cy="11.5" r="1.5"/>`,
  key: svg`<circle cx="5" cy="11" r="2.5"/><path d="M6.8 9.200L13 3M10.500 5.500l2 2"/>`,
  audit: svg`<path d="M4 2.500h5.500L12 5v8.500H4zM6.3 8h3.400M6.3 10.700h3.4"/>`,
  search: svg`<circle cx="7" cy="7" r="4.2"/><path d="M10.2 10.200l3.3 3.3"/>`,
  alert: svg`<path d="M8 2.300l6 11H2zM8 6.500v3.200M8 11.600v.1"/>`,
  error: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 4.900v3.700M8 11v.1"/>`,
  info: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 7.400v3.700M8 5v.1"/>`,
  check: svg`<path d="M3 8.500l3.3 3.300L13 5"/>`,
  done: svg`<circle cx="8" cy="8" r="5.8"/><path d="M5.3 8.200l1.9 1.9 3.5-3.9"/>`,
  close: svg`<path d="M4 4l8 8M12 4l-8 8"/>`,
  clock: svg`<circle cx="8" cy="8" r="5.8"/><path d="M8 4.700V8l2.2 1.7"/>`,
  pulse: svg`<path d="M1.5 8.500h3l1.6-4.3 2.6 8 1.7-3.700h4.1"/>`,
  person: svg`<circle cx="8" cy="5.3" r="2.6"/><path d="M3 13.500c.5-2.8 2.5-4.2 5-4.200s4.5 1.4 5 4.2"/>`,
  note: svg`<path d="M2.5 3h11v8H7l-3 2.600V11H2.500z"/>`,
  wait: svg`<path d="M6 4v8M10 4v8"/>`,
  play: svg`<path d="M5 3.200l7.5 4.800L5 12.800z"/>`,
  stop: svg`<rect x="4" y="4" width="8" height="8" rx="1"/>`,
  retry: svg`<path d="M13 8a5 5 0 1 1-1.6-3.700M13 2.500v2.600h-2.6"/>`,
  table: svg`<rect x="2.5" y="3" width="11" height="10" rx="1"/><path d="M2.5 6.300h11M2.5 9.700h11M6.5 3v10"/>`,
  bolt: svg`<path d="M9 1.800L3.5 9H8l-1 5.200L12.5 7H8z"/>`,
  wrench: svg`<path d="M13.3 4.700a3.3 3.3 0 0 1-4.5 4.100L5 12.600a1.4 1.4 0 0 1-2-2l3.8-3.800a3.3 3.3 0 0 1 4.1-4.500L9 4.3 11.5 7z"/>`,
  new: svg`<circle cx="8" cy="8" r="5.8"/><circle cx="8" cy="8" r="1.2"/>`,
  off: svg`<circle cx="8" cy="8" r="5.8"/><path d="M4 12l8-8"/>`,
  back: svg`<path d="M9.5 3.500L5 8l4.5 4.5"/>`,
  out: svg`<path d="M6.5 2.500H3v11h3.500M9.5 5l3 3-3 3M12.5 8H6"/>`,
  plus: svg`<path d="M8 3v10M3 8h10"/>`,
};

export function icon(name) {
  return html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true">${SHAPES[name] ?? SHAPES.new}</svg>`;
}
