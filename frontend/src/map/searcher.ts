import type { density, thinned, Matrix, Viewport } from './geometry.ts';
import type { Answer, Ask, Asked } from './points.worker.ts';

/** The worker's questions as functions. Of several waiting questions of a kind only the last is asked. */
export class Searcher {
  private readonly worker = new Worker(new URL('./points.worker.ts', import.meta.url), { type: 'module' });
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private readonly busy = new Set<string>();
  private readonly next = new Map<string, Question>();
  private id = 0;

  constructor() {
    this.worker.onmessage = (event: MessageEvent<Answer>) => {
      this.waiting.get(event.data.id)?.(event.data);
      this.waiting.delete(event.data.id);
    };
  }

  points(points: Float32Array): void {
    void this.send({ kind: 'points', points });
  }

  hidden(hidden: Uint8Array): void {
    void this.send({ kind: 'hidden', hidden });
  }

  pick(matrix: Matrix, viewport: Viewport, x: number, y: number, radius: number): Promise<number | null> {
    return this.latest<number>({ kind: 'pick', matrix, viewport, x, y, radius });
  }

  async inside(matrix: Matrix, viewport: Viewport, polygon: number[]): Promise<{ indices: Uint32Array; milliseconds: number }> {
    const { answer, milliseconds } = await this.send({ kind: 'inside', matrix, viewport, polygon });
    return { indices: answer as Uint32Array, milliseconds };
  }

  thinned(matrix: Matrix, viewport: Viewport, cell: number, most: number): Promise<ReturnType<typeof thinned> | null> {
    return this.latest<ReturnType<typeof thinned>>({ kind: 'thinned', matrix, viewport, cell, most });
  }

  density(matrix: Matrix, viewport: Viewport, cell: number): Promise<ReturnType<typeof density> | null> {
    return this.latest<ReturnType<typeof density>>({ kind: 'density', matrix, viewport, cell });
  }

  close(): void {
    this.worker.terminate();
  }

  private send(ask: Ask): Promise<Answer> {
    const asked: Asked = { id: this.id++, ask };
    return new Promise((resolve) => {
      this.waiting.set(asked.id, resolve);
      this.worker.postMessage(asked);
    });
  }

  /** Null where a later question of the kind took its place. */
  private latest<T>(ask: Ask): Promise<T | null> {
    return new Promise((resolve) => {
      const question: Question = { run: () => this.run(ask, (answer) => resolve(answer as T)), drop: () => resolve(null) };
      if (!this.busy.has(ask.kind)) {
        question.run();
        return;
      }
      this.next.get(ask.kind)?.drop();
      this.next.set(ask.kind, question);
    });
  }

  private run(ask: Ask, resolve: (answer: unknown) => void): void {
    this.busy.add(ask.kind);
    void this.send(ask).then(({ answer }) => {
      this.busy.delete(ask.kind);
      resolve(answer);
      const following = this.next.get(ask.kind);
      this.next.delete(ask.kind);
      following?.run();
    });
  }
}

interface Question {
  run(): void;
  drop(): void;
}
