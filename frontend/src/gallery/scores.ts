import type { Session } from '../state/session.svelte.ts';
import type { Overlays } from '../viewer/overlays.svelte.ts';
import type { SortValue } from './order.ts';

export interface SortChoice {
  key: string;
  name: string;
}

/** What images or patches can be sorted by: their place, scores of the view, and every column. */
export function sortChoices(session: Session, patches: boolean): SortChoice[] {
  return [
    { key: 'index', name: 'order of the study' },
    ...(patches ? [] : [{ key: 'selected', name: 'selected patches' }]),
    { key: 'similarity', name: 'similarity to the focus' },
    { key: 'norm', name: patches ? 'norm' : 'highest norm' },
    ...(session.study?.attention ? [{ key: 'attention', name: patches ? 'CLS attention' : 'highest attention' }] : []),
    ...(session.study?.columns ?? []).map((column) => ({ key: `column:${column.name}`, name: column.name })),
  ];
}

/** Whether a choice gives numbers, which can be limited. */
export function numericChoice(session: Session, key: string): boolean {
  const name = key.startsWith('column:') ? key.slice(7) : '';
  return key !== 'index' && (name === '' || session.describes(name)?.type === 'number');
}

/** The value of images, or of patches by their index, for a choice; null while it is loaded. */
export function sortValues(
  session: Session, overlays: Overlays, key: string, patches: boolean,
): ((item: number) => SortValue) | null {
  const each = session.patches;
  const score = (values: Float32Array | undefined) => {
    if (values === undefined) {
      return null;
    }
    return patches ? (item: number) => values[item] : (image: number) => highest(values, image * each, each);
  };
  switch (key) {
    case 'selected': {
      const counts = session.selection.perImage(each);
      return (image) => counts[image];
    }
    case 'similarity':
      return score(overlays.study.similarity);
    case 'norm':
      return score(overlays.study.norms);
    case 'attention':
      return score(overlays.study.attention);
    default: {
      const name = key.startsWith('column:') ? key.slice(7) : '';
      if (name === '') {
        return (item) => item;
      }
      void session.column(name);
      const cells = session.columns.get(name);
      return cells === undefined ? null : (item) => cells[patches ? Math.floor(item / each) : item];
    }
  }
}

function highest(values: Float32Array, from: number, length: number): number {
  let most = -Infinity;
  for (let i = from; i < from + length; i++) {
    if (values[i]! > most) most = values[i]!;
  }
  return most;
}
