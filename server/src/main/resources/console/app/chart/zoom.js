const LEAST_PX = 8;

/**
 * Lets a person draw over a chart to choose a time: the chosen stretch is shown while the pointer is held, and `chosen(from, to)` is told of it
 * in pixels of the plot. Escape or a stretch of a few pixels chooses nothing.
 */
export function zoomable(plot, chosen) {
  let began = null;
  let box = null;

  const at = (event) => Math.min(plot.clientWidth, Math.max(0, event.clientX - plot.getBoundingClientRect().left));
  const end = () => {
    box?.remove();
    box = began = null;
  };
  const press = (event) => {
    if (event.button === 0 && event.pointerType !== 'touch') began = at(event);
  };
  const move = (event) => {
    if (began == null) return;
    const now = at(event);
    if (!box && Math.abs(now - began) < LEAST_PX) return;
    box ??= plot.appendChild(Object.assign(document.createElement('div'), { className: 'chosen' }));
    box.style.left = `${Math.min(began, now)}px`;
    box.style.width = `${Math.abs(now - began)}px`;
  };
  const release = (event) => {
    const from = box && Math.min(began, at(event));
    const to = box && Math.max(began, at(event));
    end();
    if (from != null) chosen(from, to);
  };
  const key = (event) => event.key === 'Escape' && end();

  plot.addEventListener('pointerdown', press);
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', release);
  window.addEventListener('keydown', key);
  return () => {
    end();
    plot.removeEventListener('pointerdown', press);
    window.removeEventListener('pointermove', move);
    window.removeEventListener('pointerup', release);
    window.removeEventListener('keydown', key);
  };
}
