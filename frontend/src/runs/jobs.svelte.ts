import { toFloats } from '../api/binary.ts';
import type { Job } from '../api/types.ts';
import type { Session } from '../state/session.svelte.ts';

/** A layout on its way: what a running t-SNE or UMAP job has so far. */
export interface PartialLayout {
  job: string;
  points: Float32Array;
  dimensions: 2 | 3;
  image: Uint32Array;
  patch: Uint32Array;
}

/** The jobs of the server, followed by server-sent events while they run. */
export class Jobs {
  readonly session: Session;
  list: Job[] = $state.raw([]);
  failure = $state('');
  partial: PartialLayout | null = $state.raw(null);
  private readonly streams = new Map<string, EventSource>();
  private fetching = false;

  constructor(session: Session) {
    this.session = session;
  }

  async refresh(): Promise<void> {
    try {
      this.list = await this.session.client.jobs();
      this.failure = '';
      for (const job of this.list) {
        if (job.state === 'pending' || job.state === 'running') {
          this.follow(job.id);
        }
      }
    } catch (error) {
      this.failure = (error as Error).message;
    }
  }

  async start(analysis: string, options: Record<string, unknown>, name: string): Promise<string> {
    const job = await this.session.client.startJob(this.session.spec.study, analysis, options, name);
    await this.refresh();
    return job.id;
  }

  async cancel(id: string): Promise<void> {
    try {
      await this.session.client.cancelJob(id);
    } catch (error) {
      this.failure = (error as Error).message;
    }
    await this.refresh();
  }

  close(): void {
    for (const stream of this.streams.values()) {
      stream.close();
    }
    this.streams.clear();
  }

  private follow(id: string): void {
    if (this.streams.has(id)) {
      return;
    }
    const stream = new EventSource(this.session.client.jobEventsUrl(id));
    this.streams.set(id, stream);
    stream.addEventListener('progress', (event) => this.update(id, JSON.parse((event as MessageEvent<string>).data) as Partial<Job>));
    stream.addEventListener('partial', () => void this.show(id));
    for (const end of ['done', 'failed', 'cancelled']) {
      stream.addEventListener(end, () => void this.finish(id));
    }
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) {
        void this.finish(id);
      }
    };
  }

  private update(id: string, change: Partial<Job>): void {
    this.list = this.list.map((job) => (job.id === id ? { ...job, state: 'running', ...change } : job));
  }

  private async finish(id: string): Promise<void> {
    this.streams.get(id)?.close();
    this.streams.delete(id);
    const job = await this.session.client.job(id).catch(() => null);
    if (job !== null) {
      this.list = this.list.map((one) => (one.id === id ? job : one));
    }
    await this.session.loadResults();
    if (job?.state === 'done' && this.partial?.job === id && typeof job.result === 'string') {
      this.session.spec.map.result = job.result;
    }
    if (this.partial?.job === id) {
      this.partial = null;
    }
  }

  /** Fetches the layout; one that comes while another is fetched is left out. */
  private async show(id: string): Promise<void> {
    const mine = this.list.find((job) => job.id === id)?.study === this.session.spec.study;
    if (this.fetching || !mine) {
      return;
    }
    this.fetching = true;
    try {
      const { client } = this.session;
      const positions = await client.layout(id, 'positions');
      const before = this.partial?.job === id ? this.partial : null;
      const [image, patch] = before !== null
        ? [before.image, before.patch]
        : await Promise.all([client.layout(id, 'images'), client.layout(id, 'patches')]).then((arrays) =>
          arrays.map((array) => Uint32Array.from(array.data)) as [Uint32Array, Uint32Array]);
      if (this.streams.has(id)) {
        this.partial = { job: id, points: toFloats(positions), dimensions: positions.shape[1] === 3 ? 3 : 2, image, patch };
      }
    } catch {
      return; // the job may end between the event and the question; its result is shown then
    } finally {
      this.fetching = false;
    }
  }
}
