import { html } from 'lit';

const HEADING = /^#{1,4}\s+(.*)$/;
const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBERED = /^\s*\d+[.)、．]\s*(.*)$/;

function kindOf(line) {
  if (HEADING.test(line)) return ['heading', HEADING.exec(line)[1]];
  if (BULLET.test(line)) return ['bullet', BULLET.exec(line)[1]];
  if (NUMBERED.test(line)) return ['numbered', NUMBERED.exec(line)[1]];
  return line.trim() ? ['words', line] : ['gap', ''];
}

/** Lines of one kind that stand together: `[kind, lines]`. */
export function blocks(text) {
  const all = [];
  for (const line of text.split('\n')) {
    const [kind, words] = kindOf(line);
    const last = all.at(-1);
    if (last?.[0] === kind && kind !== 'heading') last[1].push(words);
    else all.push([kind, [words]]);
  }
  return all.filter(([kind]) => kind !== 'gap');
}

/** A text as people write it, with headings (`#`), lists and paragraphs; nothing of it is taken for markup. */
export function prose(text) {
  return html`<div class="prose" dir="auto">${blocks(text ?? '').map(([kind, lines]) => {
    switch (kind) {
      case 'heading':
        return html`<h3>${lines[0]}</h3>`;
      case 'bullet':
        return html`<ul>${lines.map((one) => html`<li>${one}</li>`)}</ul>`;
      case 'numbered':
        return html`<ol>${lines.map((one) => html`<li>${one}</li>`)}</ol>`;
      default:
        return html`<p>${lines.join('\n')}</p>`;
    }
  })}</div>`;
}
