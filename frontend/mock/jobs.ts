import type { ServerResponse } from 'node:http';
import { IMAGES, PATCHES, random } from './data.ts';

interface MockJob {
  id: string;
  study: string;
  analysis: string;
  name: string;
  options: Record<string, unknown>;
  state: string;
  done: number;
  total: number;
  stage: string;
  etaSeconds: number;
  error: string | null;
  result: string | null;
}

const POINTS = 2000;

/** Jobs that take a few steps; a projection shows its layout on the way. */
export class MockJobs {
  readonly jobs = new Map<string, MockJob>();
  /** Whether jobs stop half-way, for who wants to see them there. */
  held = false;
  private readonly timers: NodeJS.Timeout[] = [];
  readonly saved: { id: string; analysis: string; name: string; options: Record<string, unknown>; created: string }[] = [];

  start(study: string, analysis: string, options: Record<string, unknown>, name: string): MockJob {
    const id = `job${this.jobs.size + 1}`;
    this.jobs.set(id, {
      id, study, analysis, name, options, state: 'running', done: 0, total: 8, stage: 'gradient', etaSeconds: 4, error: null, result: null,
    });
    return this.jobs.get(id)!;
  }

  /** What a running projection has so far. */
  layout(id: string): { positions: Float32Array; images: Int32Array; patches: Int32Array } {
    const step = this.jobs.get(id)?.done ?? 1;
    const next = random(step);
    return {
      positions: Float32Array.from({ length: POINTS * 2 }, () => next() * step),
      images: Int32Array.from({ length: POINTS }, (_, i) => i % IMAGES),
      patches: Int32Array.from({ length: POINTS }, (_, i) => (i * 7) % PATCHES),
    };
  }

  cancel(id: string): void {
    const job = this.jobs.get(id);
    if (job !== undefined && job.state === 'running') {
      job.state = 'cancelled';
    }
  }

  stream(id: string, response: ServerResponse): void {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const job = this.jobs.get(id);
    const timer = setInterval(() => {
      if (job === undefined || job.state !== 'running') {
        send(job?.state ?? 'failed', {});
        clearInterval(timer);
        response.end();
        return;
      }
      if (this.held && job.done >= job.total / 2) {
        return;
      }
      job.done++;
      send('progress', { done: job.done, total: job.total, stage: job.stage, etaSeconds: (job.total - job.done) / 3 });
      if (job.analysis === 'project') {
        send('partial', { stage: 'gradient', done: job.done, total: job.total, number: job.done, positions: `/api/jobs/${id}/layout/positions` });
      }
      if (job.done === job.total) {
        job.state = 'done';
        job.result = `${job.analysis}/${job.name}`;
        this.saved.push({ id: job.result, analysis: job.analysis, name: job.name, options: job.options, created: '2026-01-01T00:00:00Z' });
      }
    }, 150);
    this.timers.push(timer);
  }

  close(): void {
    this.timers.forEach((timer) => clearInterval(timer));
  }
}
