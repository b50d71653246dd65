import { describe, expect, test } from 'vitest';
import { plainColor } from '../src/export/plain-color.ts';
import { broken, cells, clipped, escaped, sheet, tag } from '../src/export/svg.ts';

describe('drawings that leave the page', () => {
  test('write any text so that it stays text', () => {
    expect(escaped('a<b & "c"\u0001')).toBe('a&lt;b &amp; &quot;c&quot;');
    expect(tag('text', { x: 1.005, y: undefined, fill: '#fff' }, escaped('5 > 3'))).toBe('<text x="1" fill="#fff">5 &gt; 3</text>');
  });

  test('have a square for every patch that is painted, neighbours of one colour in one', () => {
    const pixels = Uint8ClampedArray.of(255, 0, 0, 255, 255, 0, 0, 255, 0, 0, 0, 0, 0, 0, 255, 51);
    expect(cells(pixels, 2, 2)).toBe('<rect x="0" y="0" width="2" height="1" fill="#ff0000"/>'
      + '<rect x="1" y="1" width="1" height="1" fill="#0000ff" fill-opacity="0.2"/>');
  });

  test('end where their frame ends', () => {
    expect(clipped({ x: 2, y: 3, width: 4, height: 5 }, '<g/>')).toBe('<svg x="2" y="3" width="4" height="5" viewBox="2 3 4 5" overflow="hidden"><g/></svg>');
  });

  test('carry the whole caption, in as many lines as it needs', () => {
    const caption = Array.from({ length: 40 }, (_, i) => `word${i}`).join(' ');
    const { text, height } = sheet({ width: 300, height: 100, ground: '#000', ink: '#fff', title: 'a & b', caption, body: '' });
    const lines = [...text.matchAll(/<text [^>]*>([^<]*)</g)].map(([, line]) => line);
    expect(lines.join(' ')).toBe(caption);
    expect(height).toBe(108 + 14 * lines.length);
    expect(text).toContain('<title>a &amp; b</title>');
    expect(broken('aaaa bb c', 4)).toEqual(['aaaa', 'bb c']);
  });

  test('know colours as every program does', () => {
    expect(plainColor('rgb(17, 21, 27)')).toEqual({ color: '#11151b', cover: 1 });
    expect(plainColor('rgba(0, 0, 0, 0.75)')).toEqual({ color: '#000000', cover: 0.75 });
    expect(plainColor('color(srgb 1 0.5 0 / 0.88)')).toEqual({ color: '#ff8000', cover: 0.88 });
    expect(plainColor('transparent').cover).toBe(0);
    expect(plainColor('none')).toEqual({ color: 'none', cover: 1 });
  });
});
