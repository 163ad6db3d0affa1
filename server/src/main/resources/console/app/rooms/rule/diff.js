/** What changed between two texts, line by line: `[kind, line, before, after]`, kind `same`, `gone` or `new`, with line numbers from 1. */
export function diff(before, after) {
  const a = before.split('\n');
  const b = after.split('\n');
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) longest[i][j] = a[i] === b[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
  }
  const lines = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) lines.push(['same', a[i], ++i, ++j]);
    else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) lines.push(['gone', a[i], ++i, null]);
    else lines.push(['new', b[j], null, ++j]);
  }
  return lines;
}

/** The lines that changed, each with `around` lines about it; a gap is null. */
export function hunks(lines, around = 2) {
  const near = lines.map((_, at) => lines.slice(Math.max(0, at - around), at + around + 1).some(([kind]) => kind !== 'same'));
  const shown = [];
  lines.forEach((line, at) => {
    if (near[at]) shown.push(line);
    else if (shown.length && shown.at(-1) !== null) shown.push(null);
  });
  if (shown.at(-1) === null) shown.pop();
  return shown;
}
