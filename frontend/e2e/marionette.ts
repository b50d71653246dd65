import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const NAMES = ['firefox-esr', 'firefox'];

/** The Firefox that FIREFOX names, or the first on the path. */
export function findFirefox(): string | null {
  const named = process.env['FIREFOX'];
  const places = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = [...(named === undefined ? [] : [named]), ...NAMES.flatMap((name) => places.map((place) => join(place, name)))];
  return candidates.find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  }) ?? null;
}

/** No connections of the browser's own, and WebGL2 by software where there is no graphics card. */
const SETTINGS = {
  'marionette.port': 0, 'app.update.enabled': false, 'browser.shell.checkDefaultBrowser': false, 'datareporting.policy.dataSubmissionEnabled': false,
  'toolkit.telemetry.enabled': false, 'network.captive-portal-service.enabled': false, 'network.connectivity-service.enabled': false,
  'browser.startup.page': 0, 'browser.aboutwelcome.enabled': false, 'webgl.force-enabled': true, 'browser.safebrowsing.downloads.enabled': false,
};

const START = 60_000;

type Answer = [kind: number, id: number, error: { message: string } | null, result: unknown];

/**
 * Firefox without a window, driven over Marionette, the protocol below its WebDriver: messages are JSON arrays after their length and a
 * colon. Everything that the tests need of it is navigation, scripts, the pointer and pictures.
 */
export class Firefox {
  private readonly process: ChildProcess;
  private readonly socket: Socket;
  private readonly profile: string;
  private readonly waiting = new Map<number, (answer: Answer) => void>();
  private last = 0;
  private received = Buffer.alloc(0);

  private constructor(process: ChildProcess, socket: Socket, profile: string) {
    this.process = process;
    this.socket = socket;
    this.profile = profile;
    socket.on('data', (part) => this.read(part));
  }

  static async launch(path: string, width = 1600, height = 1000): Promise<Firefox> {
    const profile = mkdtempSync(join(tmpdir(), 'patchlens-firefox-'));
    const lines = Object.entries(SETTINGS).map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`);
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
    const child = spawn(path, ['--headless', '--no-remote', '--marionette', '--profile', profile, `--width=${width}`, `--height=${height}`, 'about:blank'], { stdio: 'ignore' });
    const port = await activePort(profile, Date.now() + START);
    const socket = connect(port, '127.0.0.1');
    await new Promise((ready, failed) => {
      socket.once('connect', ready);
      socket.once('error', failed);
    });
    const firefox = new Firefox(child, socket, profile);
    await firefox.send('WebDriver:NewSession', { capabilities: { alwaysMatch: { acceptInsecureCerts: false } } });
    await firefox.send('WebDriver:SetWindowRect', { width, height });
    return firefox;
  }

  async open(address: string): Promise<void> {
    await this.send('WebDriver:Navigate', { url: 'about:blank' });
    await this.send('WebDriver:Navigate', { url: address });
  }

  /** What the body of a function returns in the page; promises are waited for. */
  async run<T>(body: string): Promise<T> {
    const script = `const done = arguments[arguments.length - 1]; (async () => {${body}})().then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value } = await this.send('WebDriver:ExecuteAsyncScript', { script, args: [] }) as { value: { value?: T; error?: string } };
    if (value.error !== undefined) {
      throw new Error(value.error);
    }
    return value.value as T;
  }

  async click(selector: string): Promise<void> {
    await this.run(`document.querySelector(${JSON.stringify(selector)}).click();`);
  }

  /** Presses at the first place, goes through the others with keys held, and lets go. */
  async drag(places: readonly { x: number; y: number }[], keys: readonly string[] = []): Promise<void> {
    const [first, ...rest] = places.map(({ x, y }) => ({ type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 20 }));
    const pauses = Array.from({ length: rest.length + 2 }, () => ({ type: 'pause' }));
    const pointer = [first, { type: 'pointerDown', button: 0 }, ...rest, { type: 'pointerUp', button: 0 }];
    const held = keys.map((value, i) => ({
      type: 'key', id: `key${i}`, actions: [{ type: 'keyDown', value }, ...pauses, { type: 'keyUp', value }],
    }));
    await this.send('WebDriver:PerformActions', {
      actions: [...held, { type: 'pointer', id: 'mouse', parameters: { pointerType: 'mouse' }, actions: keys.length > 0 ? [{ type: 'pause' }, ...pointer] : pointer }],
    });
    await this.send('WebDriver:ReleaseActions', {});
  }

  async screenshot(): Promise<Buffer> {
    const { value } = await this.send('WebDriver:TakeScreenshot', { full: false }) as { value: string };
    return Buffer.from(value, 'base64');
  }

  async close(): Promise<void> {
    const ended = new Promise((end) => this.process.once('exit', end));
    await this.send('Marionette:Quit', { flags: ['eForceQuit'] }).catch(() => this.process.kill());
    await ended;
    this.socket.destroy();
    rmSync(this.profile, { recursive: true, force: true, maxRetries: 5 });
  }

  private send(name: string, parameters: unknown): Promise<unknown> {
    const id = ++this.last;
    const text = JSON.stringify([0, id, name, parameters]);
    return new Promise((answered, failed) => {
      this.waiting.set(id, ([, , error, result]) => (error === null ? answered(result) : failed(new Error(`${name}: ${error.message}`))));
      this.socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
  }

  private read(part: Buffer): void {
    this.received = Buffer.concat([this.received, part]);
    for (;;) {
      const colon = this.received.indexOf(':');
      const length = colon < 0 ? Number.NaN : Number(this.received.subarray(0, colon).toString());
      if (!(this.received.length >= colon + 1 + length)) {
        return;
      }
      const message = JSON.parse(this.received.subarray(colon + 1, colon + 1 + length).toString()) as unknown;
      this.received = this.received.subarray(colon + 1 + length);
      if (Array.isArray(message)) {
        this.waiting.get(message[1] as number)?.(message as Answer);
        this.waiting.delete(message[1] as number);
      }
    }
  }
}

/** Firefox writes the port that it listens on into its profile. */
async function activePort(profile: string, until: number): Promise<number> {
  while (Date.now() < until) {
    try {
      return Number(readFileSync(join(profile, 'MarionetteActivePort'), 'utf8'));
    } catch {
      await new Promise((soon) => setTimeout(soon, 100));
    }
  }
  throw new Error(`Firefox did not say within ${START / 1000} seconds where it listens.`);
}
