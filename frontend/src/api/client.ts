import { parseBinary, type BinaryArray } from './binary.ts';
import type {
  AnalysisDescription, ColumnValues, ImageRow, Job, Match, MatchesRequest, Neighbors, NeighborsRequest, PatchTriple, ResultRow,
  SavedResult, SimilarityRequest, Study,
} from './types.ts';

/** What the server refused, in the sentence that the command line would print. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** The endpoints of the REST contract. Addresses are relative, so that a reverse proxy may add a prefix. */
export class Client {
  private readonly base: string;

  constructor(base = './api') {
    this.base = base;
  }

  studies(): Promise<Study[]> {
    return this.json('/studies');
  }

  /** One study with the columns of its metadata. */
  study(id: string): Promise<Study> {
    return this.json(`/studies/${id}`);
  }

  images(study: string): Promise<ImageRow[]> {
    return this.json(`/studies/${study}/images`);
  }

  column(study: string, name: string): Promise<ColumnValues> {
    return this.json(`/studies/${study}/columns/${encodeURIComponent(name)}`);
  }

  viewUrl(study: string, image: number): string {
    return `${this.base}/studies/${study}/images/${image}/view`;
  }

  thumbnailUrl(study: string, image: number, size: number): string {
    return `${this.base}/studies/${study}/images/${image}/thumbnail?size=${size}`;
  }

  atlasUrl(study: string, from: number, count: number, size: number): string {
    return `${this.base}/studies/${study}/atlas?from=${from}&count=${count}&size=${size}`;
  }

  async patchAtlas(study: string, patches: PatchTriple[], size: number, context: number): Promise<Blob> {
    const response = await this.request(`/studies/${study}/patch-atlas`, this.post({ patches, size, context }));
    return response.blob();
  }

  similarity(study: string, body: SimilarityRequest, signal?: AbortSignal): Promise<BinaryArray> {
    return this.binary(`/studies/${study}/similarity`, { ...this.post(body), ...(signal ? { signal } : {}) });
  }

  neighbors(study: string, body: NeighborsRequest): Promise<Neighbors> {
    return this.json(`/studies/${study}/neighbors`, this.post(body));
  }

  matches(study: string, body: MatchesRequest): Promise<Match[]> {
    return this.json(`/studies/${study}/matches`, this.post(body));
  }

  norms(study: string, layer: string, images: readonly number[]): Promise<BinaryArray> {
    return this.binary(`/studies/${study}/norms?layer=${layer}${list(images)}`);
  }

  /** @param query `cls`, or the row and column of a patch */
  attention(study: string, block: string, head: string, images: readonly number[], query = 'cls'): Promise<BinaryArray> {
    return this.binary(`/studies/${study}/attention?layer=${block}&head=${head}&query=${query}${list(images)}`);
  }

  masks(study: string, maskClass: string, images: readonly number[]): Promise<BinaryArray> {
    return this.binary(`/studies/${study}/masks?class=${encodeURIComponent(maskClass)}${list(images)}`);
  }

  components(study: string, layer: string, images: readonly number[]): Promise<BinaryArray> {
    return this.binary(`/studies/${study}/components?layer=${layer}${list(images)}`);
  }

  analyses(): Promise<AnalysisDescription[]> {
    return this.json('/analyses');
  }

  startJob(study: string, analysis: string, options: Record<string, unknown>, name?: string): Promise<Job> {
    return this.json(`/studies/${study}/jobs`, this.post({ analysis, options, ...(name ? { name } : {}) }));
  }

  jobs(): Promise<Job[]> {
    return this.json('/jobs');
  }

  job(id: string): Promise<Job> {
    return this.json(`/jobs/${id}`);
  }

  async cancelJob(id: string): Promise<void> {
    await this.request(`/jobs/${id}`, { method: 'DELETE' });
  }

  jobEventsUrl(id: string): string {
    return `${this.base}/jobs/${id}/events`;
  }

  /** What a running job has laid out so far: `positions`, or the `images` and `patches` of its points. */
  layout(job: string, array: 'positions' | 'images' | 'patches'): Promise<BinaryArray> {
    return this.binary(`/jobs/${job}/layout/${array}`);
  }

  results(study: string): Promise<ResultRow[]> {
    return this.json(`/studies/${study}/results`);
  }

  result(study: string, id: string): Promise<SavedResult> {
    return this.json(`/studies/${study}/results/${id}`);
  }

  array(study: string, result: string, name: string): Promise<BinaryArray> {
    return this.binary(`/studies/${study}/results/${result}/arrays/${encodeURIComponent(name)}`);
  }

  async removeResult(study: string, id: string): Promise<void> {
    await this.request(`/studies/${study}/results/${id}`, { method: 'DELETE' });
  }

  private post(body: unknown): RequestInit {
    return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  }

  private async json<T>(path: string, init?: RequestInit): Promise<T> {
    return (await this.request(path, init)).json() as Promise<T>;
  }

  private async binary(path: string, init?: RequestInit): Promise<BinaryArray> {
    const response = await this.request(path, init);
    return parseBinary(response.headers, await response.arrayBuffer());
  }

  private async request(path: string, init?: RequestInit): Promise<Response> {
    let response: Response;
    try {
      response = await fetch(this.base + path, { credentials: 'same-origin', ...init });
    } catch (cause) {
      if (cause instanceof DOMException && cause.name === 'AbortError') {
        throw cause;
      }
      throw new ApiError(0, 'The server does not answer; is patchlens serve still running?');
    }
    if (!response.ok) {
      throw new ApiError(response.status, await sentence(response));
    }
    return response;
  }
}

function list(images: readonly number[]): string {
  return `&images=${images.join(',')}`;
}

async function sentence(response: Response): Promise<string> {
  if (response.status === 401) {
    return 'The server does not know this browser; open the address with ?token=… that patchlens serve printed.';
  }
  try {
    const problem = (await response.json()) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? `The server answered ${response.status}.`;
  } catch {
    return `The server answered ${response.status} without saying why.`;
  }
}
