const NOT_READ = /line (\d+), column (\d+)/;

function indentOf(line) {
  return line.match(/^[\s-]*/)[0].length;
}

/** The last line of the block that begins at `start`: all that stands deeper, or at the same depth for items of a list. */
function endOf(lines, start) {
  const depth = lines[start].match(/^\s*/)[0].length;
  let end = start + 1;
  while (end < lines.length && (!lines[end].trim() || lines[end].match(/^\s*/)[0].length > depth || (/^\s*-/.test(lines[end]) && !/^\s*-/.test(lines[start]) && lines[end].match(/^\s*/)[0].length === depth))) end += 1;
  return end;
}

/** The line on which the item `n` of the list in a block begins. */
function itemIn(lines, start, end, n) {
  const first = lines.slice(start + 1, end).find((line) => /^\s*-/.test(line));
  const dash = first?.match(/^\s*/)[0].length;
  let seen = -1;
  for (let i = start + 1; i < end; i++) {
    if (/^\s*-/.test(lines[i]) && lines[i].match(/^\s*/)[0].length === dash && ++seen === n) return i;
  }
  return -1;
}

/**
 * Where a field of a YAML document stands, such as `steps[1].check.over`: `{line, column}` from 1, or of the nearest that holds it; null where
 * not even its beginning is there. It goes by indentation, which is how people write these documents.
 */
export function placeOf(text, path) {
  const lines = text.split('\n');
  let [start, end] = [-1, lines.length];
  let found = null;
  for (const [, name, index] of path.matchAll(/([\w-]+)|\[(\d+)\]/g)) {
    let at = -1;
    if (index !== undefined) at = start < 0 ? -1 : itemIn(lines, start, end, Number(index));
    else at = lines.findIndex((line, i) => i >= Math.max(0, start) && i < end && new RegExp(`(^|[\\s{,-])${name}\\s*:`).test(line));
    if (at < 0) break;
    const column = index !== undefined ? indentOf(lines[at]) + 1 : lines[at].search(new RegExp(`(?<=^|[\\s{,-])${name}\\s*:`)) + 1;
    found = { line: at + 1, column };
    start = at;
    end = Math.min(end, endOf(lines, at));
  }
  return found;
}

/** The mistakes that a refusal tells, each with its place in the text. */
export function mistakes(text, failure) {
  const spot = NOT_READ.exec(failure.message);
  if (spot) return [{ line: Number(spot[1]), column: Number(spot[2]), field: '', message: failure.message }];
  return (failure.errors ?? []).map((one) => ({ ...(placeOf(text, one.field ?? '') ?? { line: 0, column: 1 }), ...one }));
}
