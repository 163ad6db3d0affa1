/** One line of comma-separated values; quoted values may hold commas and doubled quotes. */
function values(line) {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) => (quoted === undefined ? plain : quoted.replaceAll('""', '"')));
}

/** A table of comma-separated values as records, named by its first line. */
export function readCsv(text) {
  const [head, ...rest] = text.trim().split(/\r?\n/);
  const names = values(head);
  return rest.filter(Boolean).map((line) => Object.fromEntries(values(line).map((value, at) => [names[at], value])));
}
