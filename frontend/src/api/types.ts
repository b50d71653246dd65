/** The records of the REST contract, `docs/reference/rest.md`. Shapes: N images, H x W grid, L layers, A heads. */

export interface Grid {
  rows: number;
  columns: number;
}

export interface Model {
  name: string;
  family?: string;
  layers?: number;
  heads?: number;
  dimensions?: number;
  patchSize?: number;
  sha256?: string;
  parameters?: number;
  dtype?: string;
}

export interface Provenance {
  modelSha256?: string;
  preprocessing?: string;
  options?: string;
  seed?: number;
  version?: string;
  javaVersion?: string;
  platform?: string;
}

export interface ColumnValue {
  value: string;
  count: number;
}

export interface Column {
  name: string;
  type: 'category' | 'number' | 'text';
  missing: number;
  distinct: number;
  values?: ColumnValue[];
  min?: number;
  max?: number;
}

export interface Study {
  id: string;
  name: string;
  images: number;
  grid: Grid;
  inputHeight: number;
  inputWidth: number;
  layers: string[];
  /** L, the transformer's blocks. */
  blocks: number;
  heads: number;
  attention: boolean;
  model: Model;
  maskClasses: string[];
  hasCls: boolean;
  complete: boolean;
  bytes: number;
  provenance: Provenance;
  columns?: Column[];
  /** Inputs that could not be read, a sentence for each. */
  failures?: string[];
}

export interface ImageRow {
  index: number;
  id: string;
  source?: string;
  frame?: number;
  width?: number;
  height?: number;
  volume?: string | null;
  slice?: number | null;
  positionMm?: number | null;
  spacing?: number[] | null;
}

export type ColumnCell = string | number | null;

export interface ColumnValues {
  type: Column['type'];
  values: ColumnCell[];
}

/** A patch: image, row and column, row 0 at the top. */
export type PatchTriple = [image: number, row: number, column: number];

export type Reduce = 'none' | 'center' | 'whiten';

export interface SimilarityRequest {
  layer: string;
  patches: PatchTriple[];
  to: number[] | 'all';
  reduce: Reduce;
  dtype: 'u8' | 'f32';
}

export type Exclude = 'none' | 'same-image' | 'same-patient';

export interface NeighborsRequest {
  layer: string;
  patches: PatchTriple[];
  k: number;
  exclude: Exclude;
  reduce: Reduce;
  where?: string;
}

export interface MatchesRequest {
  layer: string;
  image: number;
  other: number;
  reduce: Reduce;
}

export interface Hit {
  image: number;
  row: number;
  column: number;
  cosine: number;
}

export interface HitGroup {
  column: string;
  value: string;
  hits: number;
  share: number;
  baseShare: number;
}

export interface Neighbors {
  hits: Hit[];
  groups: HitGroup[];
}

export interface Match {
  row: number;
  column: number;
  otherRow: number;
  otherColumn: number;
  cosine: number;
}

export interface JsonSchema {
  type?: string | string[];
  title?: string;
  description?: string;
  default?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  required?: string[];
}

export interface AnalysisDescription {
  name: string;
  summary: string;
  options: JsonSchema;
}

export type JobState = 'pending' | 'running' | 'done' | 'failed' | 'cancelled';

export interface Job {
  id: string;
  study: string;
  analysis: string;
  name?: string;
  options: Record<string, unknown>;
  state: JobState;
  stage?: string;
  done?: number;
  total?: number;
  etaSeconds?: number | null;
  error?: string | null;
  result?: string | null;
}

export interface ResultRow {
  id: string;
  analysis: string;
  name: string;
  options: Record<string, unknown>;
  provenance?: Provenance;
  created?: string;
  /** Whether the study is still the one that the result was made from. */
  ofThisStudy?: boolean;
  arrays?: ArrayDescription[];
}

export interface ArrayDescription {
  name: string;
  type: string;
  shape: number[];
}

export interface SavedResult extends ResultRow {
  result: unknown;
  figures: import('../figures/types.ts').Figure[];
}
