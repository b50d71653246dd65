import { createReadStream, existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { answer } from './endpoints.ts';
import { Refusal } from './endpoints.ts';
import { MockJobs } from './jobs.ts';

/** The REST contract over made-up data, for the tests of the page alone. */
export interface Mock {
  url: string;
  server: Server;
  requests: string[];
  /** What the server shall refuse, by a part of the address. */
  failing: Map<string, string>;
  jobs: MockJobs;
  close(): Promise<void>;
}

/** The policy of the real server, so that the tests notice what it would block. */
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
  + "img-src 'self' blob: data:; font-src 'self'; connect-src 'self'; worker-src 'self' blob:; manifest-src 'self'; "
  + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
};

export function startMock(dist: string, million = false): Promise<Mock> {
  const requests: string[] = [];
  const failing = new Map<string, string>();
  const jobs = new MockJobs();
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    void serve(request, response).catch((error: unknown) => problem(response, error));
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://mock');
    for (const [part, sentence] of failing) {
      if (url.pathname.includes(part)) {
        throw new Refusal(422, sentence);
      }
    }
    if (!url.pathname.startsWith('/api/')) {
      page(url.pathname, dist, response);
      return;
    }
    if (url.pathname.endsWith('/events')) {
      jobs.stream(url.pathname.split('/')[3]!, response);
      return;
    }
    const body = await read(request);
    const result = answer(request.method ?? 'GET', url, body, jobs, million);
    response.writeHead(result.status ?? 200, { 'Content-Type': result.type, ...result.headers });
    response.end(result.body);
  }

  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      resolve({
        url: `http://127.0.0.1:${port}/`, server, requests, failing, jobs,
        close: () => {
          jobs.close();
          server.closeAllConnections();
          return new Promise((done) => server.close(() => done()));
        },
      });
    });
  });
}

function page(path: string, dist: string, response: ServerResponse): void {
  const file = join(dist, normalize(path === '/' ? '/index.html' : path));
  if (!file.startsWith(dist) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream', 'Content-Security-Policy': POLICY,
    'X-Content-Type-Options': 'nosniff',
  });
  createReadStream(file).pipe(response);
}

function problem(response: ServerResponse, error: unknown): void {
  const status = error instanceof Refusal ? error.status : 500;
  const detail = error instanceof Error ? error.message : 'unknown';
  response.writeHead(status, { 'Content-Type': 'application/problem+json' });
  response.end(JSON.stringify({ type: 'about:blank', title: 'Refused', status, detail }));
}

function read(request: IncomingMessage): Promise<string> {
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => resolve(Buffer.concat(parts).toString()));
  });
}
