/** Colours for YAML with conditions in it, apart from any drawing: a line becomes pieces `[kind, text]`. */

const TOKEN = /(?<note>(?:^|(?<=\s))#.*$)|(?<text>"(?:\\.|[^"\\])*"?|'(?:''|[^'])*'?)|(?<key>[\w.-]+(?=\s*:(?:\s|$)))|(?<number>(?<![\w.-])-?\d[\w.%:]*)/g;
const INSIDE = /(?<call>[a-z_]\w*(?=\())|(?<text>"(?:\\.|[^"\\])*"?)|(?<number>(?<![\w.])\d[\d.]*)/g;

function pieces(words, pattern, plain) {
  const found = [];
  let at = 0;
  for (const match of words.matchAll(pattern)) {
    const kind = Object.keys(match.groups).find((name) => match.groups[name] !== undefined);
    if (match.index > at) found.push([plain, words.slice(at, match.index)]);
    found.push([kind, match[0]]);
    at = match.index + match[0].length;
  }
  if (at < words.length) found.push([plain, words.slice(at)]);
  return found;
}

/** The pieces of a line; what stands in single quotes is taken for a condition. */
export function painted(line) {
  return pieces(line, TOKEN, '').flatMap(([kind, words]) => (kind === 'text' && words.startsWith("'") ? pieces(words, INSIDE, 'text') : [[kind, words]]));
}

/** The pieces with those at and after `column` (from 1) up to the end of the word marked as wrong. */
export function marked(all, column) {
  const out = [];
  let at = 1;
  for (const [kind, words] of all) {
    const start = column - at;
    at += words.length;
    if (start < 0 || start >= words.length) {
      out.push([kind, words]);
      continue;
    }
    const length = Math.max(1, /^[\w.-]*/.exec(words.slice(start))[0].length);
    out.push([kind, words.slice(0, start)], [`${kind} wrong`, words.slice(start, start + length)], [kind, words.slice(start + length)]);
  }
  return out.filter(([, words]) => words);
}
