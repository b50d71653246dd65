/** Okabe and Ito's colours, which most people with a colour vision deficiency tell apart; beyond them, shapes vary. */
const OKABE_ITO = ['#E69F00', '#56B4E9', '#009E73', '#F0E442', '#0072B2', '#D55E00', '#CC79A7'];

/** Shapes in the order in which they are taken; also drawn in legends. */
export const SHAPES = ['circle', 'square', 'triangle', 'diamond', 'cross'] as const;
export type Shape = (typeof SHAPES)[number];

export interface CategoryStyle {
  color: string;
  shape: Shape;
}

/** The eighth colour is the one that stands out from the page: white on dark, black on light. */
export function categoryStyle(index: number, dark: boolean): CategoryStyle {
  const colors = [...OKABE_ITO, dark ? '#FFFFFF' : '#000000'];
  return {
    color: colors[index % colors.length]!,
    shape: SHAPES[Math.floor(index / colors.length) % SHAPES.length]!,
  };
}

/** A selection in the yellow that outlines it everywhere, against the rest in grey: neither is the colour of a group. */
export function selectionStyle(index: number, dark: boolean): CategoryStyle {
  const colors = dark ? ['#F0E442', '#8b95a3'] : ['#9a7700', '#7d8792'];
  return { color: colors[Math.min(index, 1)]!, shape: 'circle' };
}

/** What the series of a figure are: some of many groups, or a selection and the rest. */
export type SeriesKind = 'groups' | 'selection';

export function seriesStyle(kind: SeriesKind, index: number, dark: boolean): CategoryStyle {
  return kind === 'selection' ? selectionStyle(index, dark) : categoryStyle(index + 1, dark);
}

export function missingColor(dark: boolean): string {
  return dark ? '#5c6673' : '#a4adb8';
}

export function rgb(color: string): [number, number, number] {
  const value = Number.parseInt(color.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** SVG path of a shape around the origin with a radius. */
export function shapePath(shape: Shape, r: number): string {
  switch (shape) {
    case 'circle':
      return `M${-r},0a${r},${r} 0 1,0 ${2 * r},0a${r},${r} 0 1,0 ${-2 * r},0Z`;
    case 'square':
      return `M${-r},${-r}H${r}V${r}H${-r}Z`;
    case 'triangle':
      return `M0,${-r}L${r},${r}H${-r}Z`;
    case 'diamond':
      return `M0,${-r}L${r},0L0,${r}L${-r},0Z`;
    case 'cross': {
      const t = r / 2.5;
      return `M${-t},${-r}H${t}V${-t}H${r}V${t}H${t}V${r}H${-t}V${t}H${-r}V${-t}H${-t}Z`;
    }
  }
}
