/** SVG as text. Places are in CSS pixels from the top left. */

export type Attributes = Readonly<Record<string, string | number | undefined>>;

export function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)
    // eslint-disable-next-line no-control-regex -- what XML 1.0 cannot hold at all
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '');
}

/** An element with its attributes; what is undefined is left out, numbers keep two digits. */
export function tag(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escaped(typeof value === 'number' ? digits(value) : value!)}"`)
    .join('');
  return content === '' ? `<${name}${written}/>` : `<${name}${written}>${content}</${name}>`;
}

export function digits(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** A part of a drawing that ends at its borders. */
export function clipped(box: { x: number; y: number; width: number; height: number }, content: string): string {
  const { x, y, width, height } = box;
  return tag('svg', { x, y, width, height, viewBox: [x, y, width, height].map(digits).join(' '), overflow: 'hidden' }, content);
}

/** Pixels as squares, so that a patch stays a square in every program; neighbours of one colour in a row are one. */
export function cells(pixels: Uint8ClampedArray, columns: number, rows: number): string {
  let content = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns;) {
      const at = 4 * (row * columns + column);
      let end = column + 1;
      while (end < columns && same(pixels, at, 4 * (row * columns + end))) end++;
      const alpha = pixels[at + 3]! / 255;
      if (alpha > 0) {
        const color = [0, 1, 2].map((part) => pixels[at + part]!.toString(16).padStart(2, '0')).join('');
        content += tag('rect', {
          x: column, y: row, width: end - column, height: 1, fill: `#${color}`, 'fill-opacity': alpha < 1 ? alpha : undefined,
        });
      }
      column = end;
    }
  }
  return content;
}

function same(pixels: Uint8ClampedArray, a: number, b: number): boolean {
  return [0, 1, 2, 3].every((part) => pixels[a + part] === pixels[b + part]);
}

const CAPTION = 10;
const CAPTION_LINE = 14;

export interface Sheet {
  width: number;
  height: number;
  /** Colours of the page. */
  ground: string;
  ink: string;
  title: string;
  /** Stands below, broken into lines. */
  caption: string;
  body: string;
}

/** A whole file, and how high it is with its caption. */
export function sheet({ width, height, ground, ink, title, caption, body }: Sheet): { text: string; height: number } {
  const lines = broken(caption, Math.max(24, Math.floor((width - 16) / (CAPTION * 0.56))));
  const whole = height + 8 + CAPTION_LINE * lines.length;
  const written = lines.map((line, i) => tag('text', {
    x: 8, y: height + CAPTION_LINE * (i + 1), 'font-size': CAPTION, 'font-family': 'sans-serif', fill: ink,
  }, escaped(line)));
  const text = tag('svg', {
    xmlns: 'http://www.w3.org/2000/svg', width, height: whole, viewBox: `0 0 ${digits(width)} ${digits(whole)}`,
  }, [tag('title', {}, escaped(title)), tag('rect', { width: '100%', height: '100%', fill: ground }), body, ...written].join('\n'));
  return { text, height: whole };
}

/** Words in lines of at most so many letters; a longer word has a line of its own. */
export function broken(text: string, most: number): string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1)!;
    if (last !== '' && last.length + 1 + word.length > most) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines;
}
