/** An immutable set of patches, one bit each; patch index = (image * H + row) * W + column. */
export class Bitmask {
  readonly size: number;
  readonly words: Uint32Array;
  readonly count: number;

  private constructor(size: number, words: Uint32Array) {
    this.size = size;
    this.words = words;
    this.count = population(words);
  }

  static empty(size: number): Bitmask {
    return new Bitmask(size, new Uint32Array((size + 31) >>> 5));
  }

  static of(size: number, indices: Iterable<number>): Bitmask {
    const words = new Uint32Array((size + 31) >>> 5);
    for (const index of indices) {
      if (index >= 0 && index < size) {
        words[index >>> 5]! |= 1 << (index & 31);
      }
    }
    return new Bitmask(size, words);
  }

  has(index: number): boolean {
    return (this.words[index >>> 5]! & (1 << (index & 31))) !== 0;
  }

  or(other: Bitmask): Bitmask {
    return this.combine(other, (a, b) => a | b);
  }

  and(other: Bitmask): Bitmask {
    return this.combine(other, (a, b) => a & b);
  }

  without(other: Bitmask): Bitmask {
    return this.combine(other, (a, b) => a & ~b);
  }

  /** Everything that is not in this set. */
  inverse(): Bitmask {
    const words = this.words.map((word) => ~word);
    const rest = this.size & 31;
    if (rest !== 0) {
      words[words.length - 1]! &= (1 << rest) - 1;
    }
    return new Bitmask(this.size, words);
  }

  /** How many of the patches `from` (inclusive) to `to` (exclusive) are in the set. */
  countBetween(from: number, to: number): number {
    let count = 0;
    let index = from;
    while (index < to && (index & 31) !== 0) {
      count += this.has(index++) ? 1 : 0;
    }
    while (index + 32 <= to) {
      count += bits(this.words[index >>> 5]!);
      index += 32;
    }
    while (index < to) {
      count += this.has(index++) ? 1 : 0;
    }
    return count;
  }

  /** The patches in ascending order. */
  *indices(): Generator<number> {
    for (let word = 0; word < this.words.length; word++) {
      let rest = this.words[word]!;
      while (rest !== 0) {
        const lowest = rest & -rest;
        yield word * 32 + (31 - Math.clz32(lowest));
        rest ^= lowest;
      }
    }
  }

  /** How many patches of each image are in the set, `Uint32Array[N]`. */
  perImage(patches: number): Uint32Array {
    const counts = new Uint32Array(Math.ceil(this.size / patches));
    for (let image = 0; image < counts.length; image++) {
      counts[image] = this.countBetween(image * patches, (image + 1) * patches);
    }
    return counts;
  }

  equals(other: Bitmask): boolean {
    return this.size === other.size && this.words.every((word, i) => word === other.words[i]);
  }

  private combine(other: Bitmask, operation: (a: number, b: number) => number): Bitmask {
    if (other.size !== this.size) {
      throw new RangeError(`sets over ${this.size} and ${other.size} patches do not combine`);
    }
    return new Bitmask(this.size, this.words.map((word, i) => operation(word, other.words[i]!)));
  }
}

function population(words: Uint32Array): number {
  let count = 0;
  for (const word of words) {
    count += bits(word);
  }
  return count;
}

/** Bits set in a word, by adding neighbouring fields in parallel. */
function bits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}
