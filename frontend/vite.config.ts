import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';
import { compressed } from './compressed.ts';
import { notices } from './notices.ts';

/** PATCHLENS_SERVER is the address that `patchlens serve` prints; it answers to its own host, to no foreign origin, and to its token. */
function served() {
  const address = new URL(process.env['PATCHLENS_SERVER'] ?? 'http://127.0.0.1:8686');
  const token = address.searchParams.get('token') ?? '';
  return { target: address.origin, changeOrigin: true, headers: { authorization: `Bearer ${token}`, origin: address.origin } };
}

export default defineConfig({
  plugins: [svelte(), notices(), compressed()],
  base: './',
  build: {
    target: ['chrome109', 'firefox115', 'safari16'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  worker: { format: 'es' },
  server: { proxy: { '/api': served() } },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
});
