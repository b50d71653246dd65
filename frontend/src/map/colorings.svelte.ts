import type { ColorMap } from '../color/maps.ts';
import { useful } from '../filters/columns.ts';
import type { Session } from '../state/session.svelte.ts';
import type { Overlays } from '../viewer/overlays.svelte.ts';
import { byCategory, byNumber, perPoint, type Coloring } from './coloring.ts';
import type { Cloud, MapModel } from './model.svelte.ts';

export interface Choice {
  key: string;
  name: string;
  group: 'metadata' | 'patch' | 'result';
}

/** What the points of the map can be coloured by, and the colours of the choice. */
export class Colorings {
  private readonly session: Session;
  private readonly overlays: Overlays;
  private readonly model: MapModel;

  constructor(session: Session, overlays: Overlays, model: MapModel) {
    this.session = session;
    this.overlays = overlays;
    this.model = model;
  }

  readonly choices: Choice[] = $derived.by(() => {
    const { study } = this.session;
    const columns = useful(study?.columns ?? [], study?.images ?? 0)
      .filter((column) => column.type === 'number' || column.distinct <= 200)
      .map((column): Choice => ({ key: `column:${column.name}`, name: column.name, group: 'metadata' }));
    const extras = [...(this.model.cloud?.extras.keys() ?? [])]
      .map((name): Choice => ({ key: `extra:${name}`, name, group: 'result' }));
    const patches: Choice[] = this.model.cloud?.patch == null ? [] : [
      { key: 'norm', name: 'norm', group: 'patch' },
      { key: 'attention', name: 'CLS attention', group: 'patch' },
      { key: 'similarity', name: 'similarity to the focus', group: 'patch' },
      { key: 'row', name: 'row in the image', group: 'patch' },
      { key: 'column', name: 'column in the image', group: 'patch' },
    ];
    return [...columns, ...patches.filter((choice) => choice.key !== 'attention' || study?.attention), ...extras];
  });

  /** The choice of the view, or a column that tells diseases or labels apart. */
  readonly chosen: string = $derived.by(() => {
    const wanted = this.session.spec.map.colorBy;
    const keys = this.choices.map((choice) => choice.key);
    return [wanted, `column:${wanted}`].find((key) => keys.includes(key))
      ?? keys.find((key) => key === 'column:label') ?? keys[0] ?? '';
  });

  colors(dark: boolean): Coloring | null {
    const cloud = this.model.cloud;
    if (cloud === null) {
      return null;
    }
    const grey = () => byNumber(new Float32Array(cloud.image.length).fill(Number.NaN), '', dark);
    const [kind, name] = this.chosen.split(/:(.*)/s);
    switch (kind) {
      case 'column':
        return name === undefined ? this.places(cloud, dark, 'column') : (this.column(cloud, name, dark) ?? grey());
      case 'extra': {
        const values = cloud.extras.get(name ?? '') ?? new Float32Array(cloud.image.length);
        return /cluster|label|class/.test(name ?? '') && new Set(values).size <= 60
          ? byCategory(Array.from(values, (value) => (value < 0 ? null : value)), dark)
          : byNumber(values, name ?? '', dark);
      }
      case 'norm':
        return this.patchValues(cloud, this.overlays.study.norms, `norm, layer ${this.session.spec.layer}`, dark) ?? grey();
      case 'attention':
        return this.patchValues(cloud, this.overlays.study.attention, 'attention', dark, 'inferno') ?? grey();
      case 'similarity':
        return this.patchValues(cloud, this.overlays.study.similarity, 'cosine', dark, 'diverging') ?? grey();
      case 'row':
        return this.places(cloud, dark, 'row');
      default:
        return grey();
    }
  }

  private column(cloud: Cloud, name: string, dark: boolean): Coloring | null {
    void this.session.column(name);
    const cells = this.session.columns.get(name);
    const description = this.session.describes(name);
    if (cells === undefined) {
      return null;
    }
    return description?.type === 'number' && description.distinct > 12
      ? byNumber(Float32Array.from(perPoint(cloud, cells), (cell) => (typeof cell === 'number' ? cell : Number.NaN)), name, dark)
      : byCategory(perPoint(cloud, cells), dark);
  }

  private patchValues(cloud: Cloud, values: Float32Array | undefined, unit: string, dark: boolean, map: ColorMap = 'viridis'): Coloring | null {
    if (values === undefined || cloud.patch === null) {
      return null;
    }
    const patches = this.session.patches;
    const numbers = new Float32Array(cloud.image.length);
    for (let i = 0; i < numbers.length; i++) {
      numbers[i] = values[cloud.image[i]! * patches + cloud.patch[i]!]!;
    }
    return byNumber(numbers, unit, dark, map);
  }

  private places(cloud: Cloud, dark: boolean, which: 'row' | 'column'): Coloring {
    const columns = this.session.study?.grid.columns ?? 1;
    const patch = cloud.patch ?? new Uint32Array(cloud.image.length);
    return byNumber(
      Float32Array.from(patch, (one) => (which === 'row' ? Math.floor(one / columns) : one % columns)), which, dark);
  }
}
