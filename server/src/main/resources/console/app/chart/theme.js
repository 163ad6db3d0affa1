/** The page's colours, read when a chart is drawn, so that charts follow dark and light. */
export function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of('text'), muted: of('muted'), line: of('line'), surface: of('raised'), accent: of('accent'),
    critical: of('critical'), warning: of('warning'), good: of('good'), proactive: of('proactive'), info: of('info'),
  };
}

const dark = matchMedia('(prefers-color-scheme: dark)');

export function onTheme(listener) {
  dark.addEventListener('change', listener);
  return () => dark.removeEventListener('change', listener);
}

export function still() {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}
