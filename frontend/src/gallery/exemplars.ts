import type { PatchTriple, SavedResult } from '../api/types.ts';

/** The typical patches of one cluster, as a cluster analysis saved them. */
export interface ClusterExemplars {
  cluster: number;
  size: number;
  patches: PatchTriple[];
}

interface Summary {
  size: number;
  exemplars: { image: number; patch: number }[];
}

/** The exemplars per cluster of a saved result; empty where it holds none. */
export function exemplars(saved: SavedResult, columns: number): ClusterExemplars[] {
  const clusters = (saved.result as { clusters?: unknown } | null)?.clusters;
  if (!Array.isArray(clusters)) {
    return [];
  }
  return clusters.filter(isSummary).map((one, cluster) => ({
    cluster, size: one.size,
    patches: one.exemplars.map(({ image, patch }): PatchTriple => [image, Math.floor(patch / columns), patch % columns]),
  }));
}

function isSummary(value: unknown): value is Summary {
  const one = value as Partial<Summary> | null;
  return typeof one?.size === 'number' && Array.isArray(one.exemplars);
}
