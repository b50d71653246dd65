import type { PatchTriple, Reduce } from '../api/types.ts';
import { WHOLE, type Zoom } from '../viewer/transform.ts';

/**
 * What is on screen, as a value: everything that the address keeps and a shared link restores. What was loaded for it
 * is state and lives elsewhere.
 */
export interface ViewSpec {
  study: string;
  /** The images of the panes, as many as there are panes. */
  images: number[];
  layer: string;
  /** `mean` or the number of a head. */
  head: string;
  /** The block whose attention is shown: a number from 1, `rollout`, or empty for the one of the layer. */
  block: string;
  overlay: OverlaySpec;
  window: WindowSpec;
  /** Of all panes. */
  zoom: Zoom;
  /** The two images whose mutual nearest patches are joined by lines. */
  lines: [image: number, other: number] | null;
  focus: PatchTriple | null;
  /** The patches whose mean similarity is painted; the focus, a region, or patches that were added. */
  query: PatchTriple[];
  map: MapSpec;
  tray: TrayTab;
  /** The saved result that is open, or empty for the last. */
  result: string;
  filters: Filter[];
  gallery: GallerySpec;
}

export const OVERLAYS = ['similarity', 'norm', 'components', 'attention', 'mask', 'cluster', 'probability'] as const;
export type OverlayKind = (typeof OVERLAYS)[number];

/** The block whose attention is shown; the layer `last` follows the last block. */
export function attentionBlock(spec: Pick<ViewSpec, 'block' | 'layer'>, blocks: number): string {
  if (spec.block !== '') {
    return spec.block;
  }
  const layer = Number(spec.layer);
  return String(Number.isInteger(layer) ? Math.min(blocks, Math.max(1, layer)) : blocks);
}

export interface OverlaySpec {
  kind: OverlayKind;
  shown: boolean;
  /** 0 to 1. */
  opacity: number;
  /** Interpolated between patches instead of squares. */
  smooth: boolean;
  scale: 'image' | 'study' | 'fixed';
  /** Of the scale `fixed`. */
  low: number;
  high: number;
  reduce: Reduce;
  /** The share of the attention that is shown, strongest patches first, in percent. */
  mass: number;
  /** Whose attention is shown: the CLS token's or the focused patch's. */
  query: 'cls' | 'focus';
  /** The class of the mask, or empty for the first. */
  maskClass: string;
  /** The saved result that clusters or probabilities come from, or empty. */
  result: string;
  /** Whether patches of high norm are hidden. */
  hideHighNorm: boolean;
  contours: boolean;
}

export interface WindowSpec {
  /** Key of a preset, `own` for the picture as it is kept, or `free`. */
  preset: string;
  /** In the units of the picture: Hounsfield units where the study says its window, otherwise 0 to 255. */
  centre: number;
  width: number;
  invert: boolean;
}

export interface MapSpec {
  result: string;
  dimensions: 2 | 3;
  /** Target, distance, azimuth and elevation of the camera; null for the whole map. */
  camera: number[] | null;
  colorBy: string;
  hidden: string[];
  density: 'auto' | 'on' | 'off';
  thumbnails: boolean;
}

export const TRAY_TABS = ['gallery', 'neighbours', 'charts', 'attention', 'results', 'runs'] as const;
export type TrayTab = (typeof TRAY_TABS)[number];

export interface GallerySpec {
  unit: 'images' | 'patches' | 'exemplars';
  /** `index`, `score`, `selected`, or `column:NAME`. */
  sort: string;
  descending: boolean;
  /** Of what it is sorted by, where that is a number. */
  least: number | null;
  most: number | null;
  selectedOnly: boolean;
}

export type Filter =
  | { column: string; kind: 'values'; values: string[] }
  | { column: string; kind: 'range'; low: number; high: number };

export function defaultSpec(): ViewSpec {
  return {
    study: '',
    images: [0],
    layer: '',
    head: 'mean',
    block: '',
    overlay: {
      kind: 'similarity', shown: true, opacity: 0.75, smooth: false, scale: 'study', low: -1, high: 1,
      reduce: 'center', mass: 100, query: 'cls', maskClass: '', result: '', hideHighNorm: false, contours: false,
    },
    window: { preset: 'own', centre: 0, width: 0, invert: false },
    zoom: WHOLE,
    lines: null,
    focus: null,
    query: [],
    map: { result: '', dimensions: 2, camera: null, colorBy: '', hidden: [], density: 'auto', thumbnails: true },
    tray: 'gallery',
    result: '',
    filters: [],
    gallery: { unit: 'images', sort: 'index', descending: false, least: null, most: null, selectedOnly: false },
  };
}
