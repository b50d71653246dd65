import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Browser } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

/** The browser of this machine: the one that CHROMIUM names, or the first of the usual names on the path. */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM'];
  const places = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [...(named === undefined ? [] : [named]), ...NAMES.flatMap((name) => places.map((place) => join(place, name)))];
  return candidates.find(executable) ?? null;
}

function executable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** What the page must come to shows soon on a quiet machine; on a busy one it may take its time. In milliseconds. */
export const PATIENCE = 90_000;

/** Headless, with WebGL2 in software, and without any of the browser's own connections. */
export function launch(path: string, webgl = true): Promise<Browser> {
  return chromium.launch({
    executablePath: path,
    headless: true,
    args: [
      '--no-sandbox', '--disable-background-networking', '--disable-component-update', '--no-first-run',
      // Its watch would end the process that draws, and with it gestures on their way, where a busy machine lets it wait.
      '--disable-gpu-watchdog',
      ...(webgl ? ['--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'] : ['--disable-gpu', '--disable-3d-apis']),
    ],
  });
}
