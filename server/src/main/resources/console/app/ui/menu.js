import { html } from 'lit';

function shut(event) {
  const menu = event.currentTarget;
  if (event.type === 'focusout' && menu.contains(event.relatedTarget)) return;
  if (event.type === 'keydown' && event.key !== 'Escape') return;
  if (event.type === 'keydown') event.stopPropagation();
  if (event.type === 'click' && !event.target.closest('button')) return;
  menu.open = false;
}

/** A button that opens a short list of further buttons; it closes on a choice, on Escape, and when the focus leaves it. */
export function menu(words, buttons) {
  return html`<details class="menu" @click=${shut} @focusout=${shut} @keydown=${shut}>
    <summary class="button">${words}</summary>
    <div>${buttons}</div>
  </details>`;
}
