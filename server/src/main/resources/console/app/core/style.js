/** Style sheets of rooms, each loaded once, when its room is first opened. */
const loaded = new Map();

/** Adds the sheet at this address; the promise ends when it applies, and fails when it cannot be had. */
export function sheet(address) {
  if (!loaded.has(address)) {
    loaded.set(address, new Promise((done, fail) => {
      const link = document.createElement('link');
      link.rel = 'stylesheet';
      link.href = address;
      link.onload = done;
      link.onerror = () => {
        loaded.delete(address);
        link.remove();
        fail(new Error(`The style sheet ${address} did not load`));
      };
      document.head.append(link);
    }));
  }
  return loaded.get(address);
}
