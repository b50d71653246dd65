/** Entries whose name holds the letters of the query in order, best first: at the start of words, then close together. */
export function ranked<T extends { name: string }>(entries: readonly T[], query: string, most: number): T[] {
  const letters = query.toLowerCase().replaceAll(' ', '');
  return entries
    .map((entry, at) => ({ entry, at, score: score(entry.name.toLowerCase(), letters) }))
    .filter(({ score }) => score < Infinity)
    .sort((a, b) => a.score - b.score || a.at - b.at)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function score(name: string, letters: string): number {
  const whole = name.indexOf(letters);
  if (whole >= 0) {
    return whole === 0 || /[\s\W]/.test(name[whole - 1]!) ? 0 : 1;
  }
  let at = -1;
  let gaps = 2;
  for (const letter of letters) {
    const next = name.indexOf(letter, at + 1);
    if (next < 0) {
      return Infinity;
    }
    gaps += next - at - 1;
    at = next;
  }
  return gaps;
}
