import { createServer, request, type Server } from 'node:http';
import { startMock, type Mock } from '../mock/server.ts';

/** The page as it was just built, over a running server: whatever is asked of `/api` goes there, with its token. */
export async function startProxy(dist: string, address: string): Promise<{ url: string; close(): Promise<void> }> {
  const target = new URL(address);
  const token = target.searchParams.get('token') ?? '';
  const pages: Mock = await startMock(dist);
  const server: Server = createServer((incoming, outgoing) => {
    const there = incoming.url?.startsWith('/api/') ? target : new URL(pages.url);
    const { host: _host, origin: _origin, cookie: _cookie, ...headers } = incoming.headers;
    const forwarded = request(
      { host: there.hostname, port: there.port, path: incoming.url, method: incoming.method, headers: { ...headers, authorization: `Bearer ${token}` } },
      (response) => {
        outgoing.writeHead(response.statusCode ?? 502, response.headers);
        response.pipe(outgoing);
      });
    forwarded.on('error', () => outgoing.destroy());
    incoming.pipe(forwarded);
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => {
    const { port } = server.address() as { port: number };
    resolve({
      url: `http://127.0.0.1:${port}/`,
      close: async () => {
        server.closeAllConnections();
        await new Promise<void>((done) => server.close(() => done()));
        await pages.close();
      },
    });
  }));
}
