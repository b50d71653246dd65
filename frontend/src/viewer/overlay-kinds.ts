import type { BinaryArray } from '../api/binary.ts';
import type { PatchTriple, Reduce } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';
import { attentionBlock, type OverlayKind, type OverlaySpec, type ViewSpec } from '../state/spec.ts';
import { patchValues } from './result-values.ts';
import { extent, quantile, type Scale } from './paint.ts';
import type { StudyValues } from './study-values.svelte.ts';

interface Kind {
  title: string;
  /** What decides which numbers are shown; where it is empty there is nothing to show yet. */
  key(spec: ViewSpec): string;
  request(session: Session, images: number[], signal: AbortSignal): Promise<BinaryArray>;
  scale(extent: [number, number]): Scale;
  /** What the overlay means, and what it does not, in one sentence. */
  meaning(spec: ViewSpec, blocks: number): string;
}

/** What is taken out before the comparison. */
const COMMON: Record<Reduce, string> = {
  none: '', center: ', centred on the study', whiten: ', whitened over the study',
};

const snapshot = (patches: readonly PatchTriple[]) => patches.map((patch) => [...patch] as PatchTriple);

/** One entry per overlay: the only place that knows where its numbers come from and how they are coloured. */
export const KINDS: Record<OverlayKind, Kind> = {
  similarity: {
    title: 'Similarity',
    key: ({ layer, overlay, query }) => (query.length === 0 ? '' : `${layer} ${overlay.reduce} ${query.join(';')}`),
    request: ({ client, spec }, images, signal) =>
      client.similarity(spec.study, {
        layer: spec.layer, patches: snapshot(spec.query), to: images, reduce: spec.overlay.reduce, dtype: 'u8',
      }, signal),
    scale: ([low, high]) => {
      const end = Math.max(Math.abs(low), Math.abs(high), 0.01);
      return { map: 'diverging', low: -end, high: end, unit: 'cosine' };
    },
    meaning: ({ layer, query, overlay }) => query.length === 0
      ? 'Click a patch: its cosine similarity is painted on every image in view.'
      : `Cosine of each patch with ${query.length === 1 ? 'the focused patch' : `the mean of ${query.length} patches`} at layer ${layer}${COMMON[overlay.reduce]}.`,
  },
  norm: {
    title: 'Norm',
    key: ({ layer }) => layer,
    request: ({ client, spec }, images) => client.norms(spec.study, spec.layer, images),
    scale: ([low, high]) => ({ map: 'viridis', low, high, unit: 'norm' }),
    meaning: ({ layer }) => `Length of each patch's token at layer ${layer}; outliers often hold no local content.`,
  },
  components: {
    title: 'PCA as colour',
    key: ({ layer }) => layer,
    request: ({ client, spec }, images) => client.components(spec.study, spec.layer, images),
    scale: () => ({ map: 'viridis', low: 0, high: 1, unit: '' }),
    meaning: ({ layer }) => `First three principal components at layer ${layer} as red, green, blue; one scale for the study, colours have no names.`,
  },
  attention: {
    title: 'Attention',
    key: ({ layer, head, block, overlay, focus }) =>
      overlay.query === 'cls' ? `${block} ${layer} ${head}` : focus === null ? '' : `${block} ${layer} ${head} ${focus.slice(1).join()}`,
    request: ({ client, spec, block }, images) => spec.overlay.query === 'cls' || spec.focus === null
      ? client.attention(spec.study, block, spec.head, images)
      : client.attention(spec.study, block, spec.head, images, spec.focus.slice(1).join()),
    scale: ([, high]) => ({ map: 'inferno', low: 0, high: Math.max(high, 1e-6), unit: 'attention', open: true }),
    meaning: (spec, blocks) => attentionBlock(spec, blocks) === 'rollout'
      ? 'Attention of the CLS token multiplied through all blocks (rollout); not importance.'
      : `Where ${spec.overlay.query === 'cls' ? 'the CLS token' : spec.focus === null ? 'a patch (click one)' : `patch ${spec.focus[1]}, ${spec.focus[2]}`} reads from in block ${attentionBlock(spec, blocks)}, ${spec.head === 'mean' ? 'mean over heads' : `head ${spec.head}`}; not importance.`,
  },
  mask: {
    title: 'Mask',
    key: ({ overlay }) => overlay.maskClass,
    request: ({ client, spec }, images) => client.masks(spec.study, spec.overlay.maskClass, images),
    scale: () => ({ map: 'viridis', low: 0, high: 1, unit: 'share covered' }),
    meaning: ({ overlay }) => `Share of each patch that the mask ${overlay.maskClass} covers.`,
  },
  cluster: {
    title: 'Clusters',
    key: ({ overlay }) => overlay.result,
    request: (session, images, signal) => patchValues(session, images, signal),
    scale: ([low, high]) => ({ map: 'viridis', low, high, unit: 'cluster' }),
    meaning: ({ overlay }) => overlay.result === ''
      ? 'Clusters come from a saved result: run one under Runs.'
      : 'The cluster of each patch; patches without a colour belong to none or were not sampled.',
  },
  probability: {
    title: 'Probe probability',
    key: ({ overlay }) => overlay.result,
    request: (session, images, signal) => patchValues(session, images, signal),
    scale: () => ({ map: 'viridis', low: 0, high: 1, unit: 'probability' }),
    meaning: ({ overlay }) => overlay.result === ''
      ? 'Probabilities of patches come from a saved result: run probe-segmentation, or probe with patches as its unit.'
      : overlay.result.startsWith('cluster')
        ? 'How surely each patch belongs to its cluster; patches without a colour were not sampled.'
        : 'What a probe of other patients reads from each patch; not a finding.',
  },
};

/** What decides the numbers of the overlay, or empty where there is nothing to load. */
export function overlayKey(study: string, spec: ViewSpec): string {
  const key = KINDS[spec.overlay.kind].key(spec);
  return key === '' ? '' : `${study} ${spec.overlay.kind} ${key}`;
}

/** Images that one request may ask for; where the model runs again, only those of the panes. */
export function imagesOf(spec: ViewSpec, images: readonly number[]): number[] {
  return spec.overlay.kind === 'attention' && spec.overlay.query === 'focus'
    ? images.filter((image) => spec.images.includes(image))
    : [...images];
}

export function request(session: Session, images: number[], signal: AbortSignal): Promise<BinaryArray> {
  return KINDS[session.spec.overlay.kind].request(session, images, signal);
}

export function scaleFor(overlay: OverlaySpec, extent: [number, number]): Scale {
  const scale = KINDS[overlay.kind].scale(extent);
  return overlay.scale === 'fixed' && overlay.low < overlay.high
    ? { ...scale, low: overlay.low, high: overlay.high }
    : { ...scale, open: scale.open === true && overlay.scale === 'study' };
}

/** The range over the whole study where it is known without asking for every image anew. */
export function rangeOf(overlay: OverlaySpec, study: StudyValues): [number, number] | null {
  switch (overlay.kind) {
    case 'similarity':
      return [-1, 1];
    case 'norm':
      return normRange(study.norms);
    case 'attention':
      return overlay.query === 'cls' ? attentionRange(study.attention) : null;
    case 'components':
    case 'mask':
    case 'cluster':
    case 'probability':
      return null;
  }
}

/** A few patches, often registers in disguise, are read more than all others; beyond this share they look alike. */
const ALIKE = 0.995;

function attentionRange(values: Float32Array | undefined): [number, number] | null {
  if (values === undefined) {
    return null;
  }
  const known = ranges.get(values) ?? [0, quantile(values, ALIKE)];
  ranges.set(values, known);
  return known;
}

const ranges = new WeakMap<Float32Array, [number, number]>();

/** High norms are what one looks for and keep their place; a few low ones do not take the colours of all others. */
function normRange(values: Float32Array | undefined): [number, number] | null {
  if (values === undefined) {
    return null;
  }
  const known = ranges.get(values);
  if (known !== undefined) {
    return known;
  }
  const low = quantile(values, 1 - ALIKE);
  const range = extent([values.filter((value) => value >= low)]);
  ranges.set(values, range);
  return range;
}
