/** Names the page in the browser's tab and history. */
export function title(words) {
  const whole = words ? `${words} · Aftercare` : 'Aftercare';
  if (document.title !== whole) document.title = whole;
}
