import { attention, diseased, embeddings, labelOf, norms, pixel, random, BLOCKS, DIMENSIONS, GRID, HEADS, IMAGES, LABELS, LAYERS, PATCHES, SIDE } from './data.ts';
import type { MockJobs } from './jobs.ts';
import { greyPng } from './png.ts';
import { ANALYSES, FIGURES } from './results.ts';

export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

interface Answer {
  type: string;
  body: Buffer | string;
  headers?: Record<string, string>;
  status?: number;
}

type Body = Record<string, unknown>;

const MILLION = 1_000_000;

export function answer(method: string, url: URL, text: string, jobs: MockJobs, million: boolean): Answer {
  const body = text === '' ? {} : (JSON.parse(text) as Body);
  const path = url.pathname.slice(4);
  const parts = path.split('/').filter((part) => part !== '');
  if (parts[0] === 'analyses') return json(ANALYSES);
  if (parts[0] === 'jobs') return job(method, parts, jobs);
  if (parts.length === 1) return json([study(million)]);
  if (parts.length === 2) return json({ ...study(million), columns: columns(), failures: [] });
  return ofStudy(method, parts.slice(2), url, body, jobs, million);
}

function ofStudy(method: string, parts: string[], url: URL, body: Body, jobs: MockJobs, million: boolean): Answer {
  const images = () => (url.searchParams.get('images') ?? '').split(',').filter((one) => one !== '').map(Number);
  switch (parts[0]) {
    case 'images':
      return parts.length === 1 ? json(rows(million)) : picture(Number(parts[1]), parts[2] === 'view' ? SIDE : Number(url.searchParams.get('size')));
    case 'columns':
      return json({ type: 'category', values: column(decodeURIComponent(parts[1]!), million) });
    case 'patch-atlas':
      return patchSheet(body['patches'] as number[][], Number(body['size']));
    case 'similarity':
      return similarity(body, million);
    case 'neighbors':
      return json(neighbors(body));
    case 'matches':
      return json(Array.from({ length: 30 }, (_, i) => ({
        row: i % GRID, column: Math.floor(i / GRID), otherRow: (i + 1) % GRID, otherColumn: (i * 3) % GRID, cosine: 0.99 - i / 100,
      })));
    case 'norms':
      return numbers(images().map(norms));
    case 'attention': {
      const head = url.searchParams.get('head') ?? 'mean';
      const block = Number(url.searchParams.get('layer'));
      if (!(block >= 1 && block <= BLOCKS)) throw new Refusal(400, `layer is ${block}; a number from 1 to ${BLOCKS} is expected.`);
      return numbers(images().map((image) => attention(image, block, head === 'mean' ? 1 : Number(head))));
    }
    case 'masks':
      return numbers(images().map((image) => Float32Array.from({ length: PATCHES }, (_, patch) => (diseased(image, patch) ? 1 : 0))));
    case 'components':
      return components(images());
    case 'jobs':
      return { ...json(jobs.start('mock', String(body['analysis']), body['options'] as Body, String(body['name']))), status: 202 };
    case 'results':
      return results(method, parts.slice(1), jobs, million);
    default:
      throw new Refusal(404, `There is nothing called ${parts[0]} here.`);
  }
}

function study(million: boolean): object {
  return {
    id: 'mock', name: 'phantom-ct', images: million ? Math.ceil(MILLION / PATCHES) : IMAGES, grid: { rows: GRID, columns: GRID }, inputHeight: SIDE, inputWidth: SIDE,
    layers: LAYERS, blocks: BLOCKS, heads: HEADS, attention: true, model: { name: 'vit-mock', layers: BLOCKS, heads: HEADS },
    maskClasses: ['lesion'], hasCls: true, complete: true, bytes: 123_456_789,
    provenance: {
      preprocessing: 'resize 224x224; window lung(-600/1500); plane=natural', options: 'layers All, attention CLS', seed: 0,
      version: '0.1.0', javaVersion: '25', platform: 'linux/amd64',
    },
  };
}

function columns(): unknown[] {
  const category = (name: string, values: string[]) => ({
    name, type: 'category', missing: 0, distinct: values.length, values: values.map((value) => ({ value, count: IMAGES / values.length })),
  });
  return [
    category('label', LABELS), category('patient', Array.from({ length: 20 }, (_, i) => `P${i}`)), category('sex', ['F', 'M']),
    { name: 'age', type: 'number', missing: 2, distinct: 40, min: 20, max: 89 },
  ];
}

function column(name: string, million: boolean): (string | number | null)[] {
  const count = million ? Math.ceil(MILLION / PATCHES) : IMAGES;
  return Array.from({ length: count }, (_, image) => {
    switch (name) {
      case 'label': return labelOf(image);
      case 'patient': return `P${image % 20}`;
      case 'sex': return image % 2 === 0 ? 'F' : 'M';
      case 'age': return image < 2 ? null : 20 + ((image * 13) % 70);
      default: throw new Refusal(404, `The study has no column ${name}.`);
    }
  });
}

function rows(million: boolean): unknown[] {
  const count = million ? Math.ceil(MILLION / PATCHES) : IMAGES;
  return Array.from({ length: count }, (_, index) => ({
    index, id: index < 20 ? `ct-${Math.floor(index / 10)}/slice-${index % 10}.dcm` : `xray-${index}.png`, source: `ct-${index}`, frame: 0, width: 512, height: 512,
    ...(index < 20 ? { volume: `ct-${Math.floor(index / 10)}`, slice: index % 10, positionMm: -100 + 5 * (index % 10) } : {}),
  }));
}

const pictures = new Map<string, Buffer>();

function picture(image: number, side: number): Answer {
  const key = `${image} ${side}`;
  const known = pictures.get(key) ?? greyPng(side, side, (x, y) => pixel(image, (x * SIDE) / side, (y * SIDE) / side));
  pictures.set(key, known);
  return { type: 'image/png', body: known, headers: { 'Cache-Control': 'private, max-age=3600' } };
}

function patchSheet(patches: number[][], side: number): Answer {
  const wide = Math.ceil(Math.sqrt(patches.length));
  const high = Math.ceil(patches.length / wide);
  const each = SIDE / GRID;
  return {
    type: 'image/png',
    body: greyPng(wide * side, high * side, (x, y) => {
      const patch = patches[Math.floor(y / side) * wide + Math.floor(x / side)];
      return patch === undefined ? 0 : pixel(patch[0]!, patch[2]! * each + ((x % side) / side) * each, patch[1]! * each + ((y % side) / side) * each);
    }),
  };
}

function similarity(body: Body, million: boolean): Answer {
  const layer = String(body['layer']);
  const mean = new Float32Array(DIMENSIONS);
  for (const [image, row, column] of body['patches'] as number[][]) {
    const all = embeddings(image!, layer);
    for (let d = 0; d < DIMENSIONS; d++) mean[d]! += all[(row! * GRID + column!) * DIMENSIONS + d]!;
  }
  const length = Math.hypot(...mean);
  const count = million ? Math.ceil(MILLION / PATCHES) : IMAGES;
  const images = body['to'] === 'all' ? Array.from({ length: count }, (_, i) => i) : (body['to'] as number[]);
  const maps = images.map((image) => {
    const all = embeddings(image, layer);
    return Float32Array.from({ length: PATCHES }, (_, patch) => {
      let dot = 0;
      for (let d = 0; d < DIMENSIONS; d++) dot += (all[patch * DIMENSIONS + d]! * mean[d]!) / length;
      return dot;
    });
  });
  if (body['dtype'] === 'f32') {
    return numbers(maps);
  }
  const bytes = Buffer.concat(maps.map((map) => Buffer.from(Uint8Array.from(map, (value) => Math.round(((value + 1) / 2) * 255)))));
  return binary('u8', [maps.length, GRID, GRID], bytes, { 'X-Patchlens-Range': '-1,1' });
}

function neighbors(body: Body): unknown {
  const k = Number(body['k']);
  const [image] = (body['patches'] as number[][])[0]!;
  return {
    hits: Array.from({ length: k }, (_, i) => ({ image: (image! + 3 * (i + 1)) % IMAGES, row: (8 + i) % GRID, column: 4, cosine: 0.99 - i / 200 })),
    groups: [{ column: 'label', value: labelOf(image!), hits: k, share: 0.9, baseShare: 0.33 }],
  };
}

function components(images: number[]): Answer {
  const bytes = Buffer.alloc(images.length * PATCHES * 3);
  images.forEach((image, i) => {
    const all = embeddings(image, 'last');
    for (let patch = 0; patch < PATCHES; patch++) {
      for (let part = 0; part < 3; part++) bytes[(i * PATCHES + patch) * 3 + part] = Math.round(255 * Math.min(1, all[patch * DIMENSIONS + part]!));
    }
  });
  return binary('u8', [images.length, GRID, GRID, 3], bytes);
}

function results(method: string, parts: string[], jobs: MockJobs, million: boolean): Answer {
  const saved = [
    { id: 'project/first', analysis: 'project', name: 'first', options: { method: 'tsne', axes: 3 }, created: '2026-01-01T00:00:00Z' },
    { id: 'cluster/tissue', analysis: 'cluster', name: 'tissue', options: { k: 4 }, created: '2026-01-01T12:00:00Z' },
    { id: 'figures/all-kinds', analysis: 'figures', name: 'all-kinds', options: {}, created: '2026-01-02T00:00:00Z' },
    ...jobs.saved,
  ];
  if (parts.length === 0) return json(saved.map((one) => ({ ...one, provenance: { version: '0.1.0', seed: 1 }, ofThisStudy: true, arrays: arraysOf(one.analysis, million) })));
  const id = `${parts[0]}/${parts[1]}`;
  const found = saved.find((one) => one.id === id);
  if (found === undefined) throw new Refusal(404, `There is no result ${id}.`);
  if (method === 'DELETE') return { type: 'text/plain', body: '', status: 204 };
  if (parts.length === 2) {
    return json({
      ...found, provenance: { version: '0.1.0' }, result: found.analysis === 'cluster' ? CLUSTERS : { points: 'patches' },
      figures: found.analysis === 'figures' ? FIGURES : [], arrays: arraysOf(found.analysis, million),
    });
  }
  return mapArray(parts[3]!, million ? MILLION : 4000, million ? Math.ceil(MILLION / PATCHES) : IMAGES);
}

const CLUSTERS = {
  points: 'patches',
  clusters: [0, 1, 2].map((cluster) => ({
    size: 1000, images: 40, patients: 20, silhouette: 0.4,
    exemplars: Array.from({ length: 6 }, (_, i) => ({ image: 3 * i + cluster, id: `image ${i}`, patch: 8 * GRID + 4 + cluster, distance: i / 10 })),
  })),
};

function arraysOf(analysis: string, million: boolean): unknown[] {
  const count = million ? MILLION : 4000;
  const whole = ['images', 'patches', 'labels'].map((name) => ({ name, type: 'i32', shape: [count] }));
  switch (analysis) {
    case 'project':
      return [{ name: 'positions', type: 'f32', shape: [count, 2] }, ...whole];
    case 'cluster':
      return whole;
    default:
      return [];
  }
}

function mapArray(name: string, count: number, images: number): Answer {
  const place = (i: number) => ({ image: i % images, patch: Math.floor(i / images) % PATCHES });
  const kind = (i: number) => (diseased(place(i).image, place(i).patch) ? 0 : 1 + (place(i).patch % 3));
  switch (name) {
    case 'positions': {
      const next = random(5);
      const points = new Float32Array(count * 2);
      for (let i = 0; i < count; i++) {
        const angle = (kind(i) * Math.PI) / 2 + 0.3;
        const r = Math.sqrt(-2 * Math.log(1 - next())) * 1.6;
        const turn = next() * 2 * Math.PI;
        points[2 * i] = 8 * Math.cos(angle) + r * Math.cos(turn);
        points[2 * i + 1] = 8 * Math.sin(angle) + r * Math.sin(turn);
      }
      return binary('f32', [count, 2], bytesOf(points));
    }
    case 'images':
      return binary('i32', [count], bytesOf(Int32Array.from({ length: count }, (_, i) => place(i).image)));
    case 'patches':
      return binary('i32', [count], bytesOf(Int32Array.from({ length: count }, (_, i) => place(i).patch)));
    case 'labels':
      return binary('i32', [count], bytesOf(Int32Array.from({ length: count }, (_, i) => kind(i))));
    default:
      throw new Refusal(404, `There is no array ${name}.`);
  }
}

function job(method: string, parts: string[], jobs: MockJobs): Answer {
  if (parts.length === 1) return json([...jobs.jobs.values()]);
  if (parts[2] === 'layout') return layout(parts[1]!, parts[3]!, jobs);
  if (method === 'DELETE') jobs.cancel(parts[1]!);
  return json(jobs.jobs.get(parts[1]!) ?? {});
}

function layout(id: string, array: string, jobs: MockJobs): Answer {
  const { positions, images, patches } = jobs.layout(id);
  switch (array) {
    case 'positions': return binary('f32', [images.length, 2], bytesOf(positions));
    case 'images': return binary('i32', [images.length], bytesOf(images));
    default: return binary('i32', [images.length], bytesOf(patches));
  }
}

function numbers(maps: Float32Array[]): Answer {
  return binary('f32', [maps.length, GRID, GRID], Buffer.concat(maps.map(bytesOf)));
}

function bytesOf(array: ArrayBufferView): Buffer {
  return Buffer.from(array.buffer, array.byteOffset, array.byteLength);
}

function binary(dtype: string, shape: number[], body: Buffer, more: Record<string, string> = {}): Answer {
  return { type: 'application/octet-stream', body, headers: { 'X-Patchlens-Dtype': dtype, 'X-Patchlens-Shape': shape.join(','), ...more } };
}

function json(value: unknown): Answer {
  return { type: 'application/json', body: JSON.stringify(value) };
}
