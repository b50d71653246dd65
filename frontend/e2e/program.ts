import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { labelOf, pixel, SIDE } from '../mock/data.ts';
import { greyPng } from '../mock/png.ts';

/** Two blocks of small random weights, 4 pixels a patch. */
const WEIGHTS = resolve('../models/src/test/resources/org/patchlens/model/vit/plain');
export const GRID = 14;
export const IMAGES = 24;

/** The program that PATCHLENS_HOME names: as it was just packed, with the page inside. Without it, its tests are left out. */
export const PROGRAM = findProgram();
if (PROGRAM === null) {
  console.warn('WARNING: PATCHLENS_HOME names no packed program; the page is NOT tested against the real server. `./mvnw verify` does it.');
}

function findProgram(): string | null {
  const home = process.env['PATCHLENS_HOME'] ?? '';
  const program = join(home, process.platform === 'win32' ? 'patchlens.cmd' : 'patchlens');
  return home !== '' && existsSync(program) ? program : null;
}

function writeModel(folder: string): string {
  mkdirSync(folder);
  for (const name of ['config.json', 'model.safetensors']) {
    copyFileSync(join(WEIGHTS, name), join(folder, name));
  }
  const processor = {
    image_processor_type: 'ViTImageProcessor', do_resize: true, size: { height: 20, width: 20 }, resample: 2,
    do_rescale: true, rescale_factor: 1 / 255, do_normalize: true, image_mean: [0.5, 0.5, 0.5], image_std: [0.5, 0.5, 0.5],
  };
  writeFileSync(join(folder, 'preprocessor_config.json'), JSON.stringify(processor));
  return folder;
}

/** A study of made-up slices, extracted by the program, in a folder of its own. */
export function extractStudy(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchlens-page-'));
  mkdirSync(join(folder, 'images'));
  const rows = ['file,label,patient'];
  for (let image = 0; image < IMAGES; image++) {
    const name = `slice-${String(image).padStart(2, '0')}.png`;
    writeFileSync(join(folder, 'images', name), greyPng(SIDE, SIDE, (x, y) => pixel(image, x, y)));
    rows.push(`${name},${labelOf(image)},P${Math.floor(image / 3)}`);
  }
  writeFileSync(join(folder, 'labels.csv'), `${rows.join('\n')}\n`);
  const study = join(folder, 'made-up');
  const done = spawnSync(PROGRAM!, [
    'extract', join(folder, 'images'), '--study', study, '--model', writeModel(join(folder, 'model')), '--metadata', join(folder, 'labels.csv'),
    '--layers', 'all', '--attention', 'cls', '--size', String(GRID * 4),
  ], { encoding: 'utf8' });
  if (done.status !== 0) {
    throw new Error(`patchlens extract ended with ${done.status}: ${done.stderr}`);
  }
  return study;
}

export interface Served {
  /** As printed, with the token. */
  address: string;
  /** Ends the server as Ctrl-C does, and tells its exit code. */
  stop(): Promise<number | null>;
  /** Ends the server and deletes the study. */
  remove(): Promise<void>;
}

/** `patchlens serve` over a study that is there. */
export async function serve(study: string): Promise<{ address: string; stop(): Promise<number | null> }> {
  const server: ChildProcess = spawn(PROGRAM!, ['serve', study, '--no-open', '--port', '0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((end) => server.on('exit', (code) => end(code)));
  const stop = () => {
    server.kill('SIGINT');
    return ended;
  };
  return { address: await printed(server), stop };
}

/** `patchlens serve` over a study of its own. */
export async function serveStudy(): Promise<Served> {
  const study = extractStudy();
  const { address, stop } = await serve(study);
  return {
    address,
    stop,
    remove: async () => {
      await stop();
      rmSync(resolve(study, '..'), { recursive: true, force: true });
    },
  };
}

function printed(server: ChildProcess): Promise<string> {
  let said = '';
  server.stderr!.on('data', (part: Buffer) => (said += part.toString()));
  return new Promise((found, failed) => {
    let line = '';
    server.stdout!.on('data', (part: Buffer) => {
      line += part.toString();
      if (line.includes('\n')) found(line.trim());
    });
    server.on('exit', (code) => failed(new Error(`patchlens serve ended with ${code}: ${said}`)));
  });
}
