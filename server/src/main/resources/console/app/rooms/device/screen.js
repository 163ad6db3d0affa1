const LINES_MAX = 2_000;
const ESCAPE = /^\u001b(?:\[([\d;?]*)([A-Za-z@])|\][^\u0007\u001b]*(?:\u0007|\u001b\\)|[()][A-Z0-9]|[A-Za-z0-9=>])/;
const UNFINISHED = /^\u001b(?:\[[\d;?]*|\][^\u0007]*)?$/;

/**
 * What a terminal shows, as lines of text: enough for a shell and its tools. It follows line ends, backspace, tabs, carriage returns, the cursor's
 * moves and the erasing of lines and of the screen; colours are left out. The newest 2,000 lines are kept.
 */
export class Screen {
  lines = [''];
  #row = 0;
  #column = 0;
  #rest = '';
  #rows;

  constructor(rows = 28) {
    this.#rows = rows;
  }

  write(text) {
    let left = this.#rest + text;
    this.#rest = '';
    while (left) {
      if (left[0] !== '\u001b') {
        left = this.#plain(left);
        continue;
      }
      const found = ESCAPE.exec(left);
      if (!found) {
        if (UNFINISHED.test(left)) {
          this.#rest = left;
          return;
        }
        left = left.slice(1);
        continue;
      }
      if (found[2]) this.#control(found[2], found[1].replace('?', '').split(';').map((one) => Number(one) || 0));
      left = left.slice(found[0].length);
    }
  }

  /** Writes what comes before the next escape. */
  #plain(text) {
    const end = text.indexOf('\u001b');
    for (const sign of end < 0 ? text : text.slice(0, end)) this.#put(sign);
    return end < 0 ? '' : text.slice(end);
  }

  #put(sign) {
    if (sign === '\n') this.#down();
    else if (sign === '\r') this.#column = 0;
    else if (sign === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (sign === '\t') this.#column = (Math.floor(this.#column / 8) + 1) * 8;
    else if (sign >= ' ') this.#set(sign);
  }

  #set(sign) {
    const line = this.lines[this.#row].padEnd(this.#column);
    this.lines[this.#row] = line.slice(0, this.#column) + sign + line.slice(this.#column + 1);
    this.#column += 1;
  }

  #down() {
    this.#row += 1;
    if (this.#row === this.lines.length) this.lines.push('');
    if (this.lines.length > LINES_MAX) {
      this.lines.shift();
      this.#row -= 1;
    }
  }

  /** The first line of what is in view. */
  #top() {
    return Math.max(0, this.lines.length - this.#rows);
  }

  #to(row, column) {
    this.#row = this.#top() + Math.max(0, row);
    while (this.#row >= this.lines.length) this.lines.push('');
    this.#column = Math.max(0, column);
  }

  #control(command, [first, second]) {
    switch (command) {
      case 'A': return void (this.#row = Math.max(this.#top(), this.#row - (first || 1)));
      case 'B': return void (this.#row = Math.min(this.lines.length - 1, this.#row + (first || 1)));
      case 'C': return void (this.#column += first || 1);
      case 'D': return void (this.#column = Math.max(0, this.#column - (first || 1)));
      case 'G': return void (this.#column = Math.max(0, (first || 1) - 1));
      case 'H':
      case 'f': return this.#to((first || 1) - 1, (second || 1) - 1);
      case 'J': return this.#erase(first);
      case 'K': return this.#eraseLine(first);
      default: return undefined;
    }
  }

  #erase(what) {
    if (what >= 2) {
      this.lines = [''];
      this.#row = this.#column = 0;
    } else if (what === 0) {
      this.#eraseLine(0);
      this.lines.length = this.#row + 1;
    }
  }

  #eraseLine(what) {
    const line = this.lines[this.#row];
    if (what === 0) this.lines[this.#row] = line.slice(0, this.#column);
    else if (what === 1) this.lines[this.#row] = ' '.repeat(this.#column) + line.slice(this.#column);
    else this.lines[this.#row] = '';
  }

  text() {
    return this.lines.join('\n');
  }
}
