import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { BROWSER, openPage, type Opened } from './page.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  id: string;
  help: string;
  nodes: { target: string[]; failureSummary: string }[];
}

async function violations(at: Opened): Promise<string[]> {
  await at.page.evaluate(AXE);
  const found = await at.page.evaluate(() => (window as unknown as { axe: { run(options: unknown): Promise<{ violations: Violation[] }> } }).axe.run({
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  }));
  return found.violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 4).map((node) => `${id}: ${help} ${node.target.join(' ')} ${node.failureSummary}`));
}

/** Transitions have ended and everything is loaded: what still loads, moves. */
async function still(at: Opened): Promise<void> {
  await expect.poll(() => at.page.evaluate(() => document.getAnimations().length)).toBe(0);
}

describe.skipIf(BROWSER === null)('access', () => {
  for (const theme of ['dark', 'light'] as const) {
    test(`meets WCAG AA in the ${theme} theme, every tab and dialog`, async () => {
      const at = await openPage({ theme });
      const found: string[] = [];
      for (const tab of ['gallery', 'neighbours', 'charts', 'attention', 'results', 'runs']) {
        await at.open(`tray=${tab}&images=1,4&focus=1,8,4&query=1,8,4&selection=CgUUBQ`);
        await at.page.getByText('4,000 patches').waitFor();
        await still(at);
        found.push(...await violations(at));
      }
      await at.page.keyboard.press('?');
      await at.page.getByRole('heading', { name: 'Keys and gestures' }).waitFor();
      found.push(...await violations(at));
      await at.page.keyboard.press('Escape');
      await at.page.keyboard.press('Control+k');
      await at.page.getByRole('combobox', { name: 'Everything by name' }).waitFor();
      found.push(...await violations(at));
      await at.close();
      expect([...new Set(found)]).toEqual([]);
    });
  }

  test('becomes tabs on a narrow page', async () => {
    const at = await openPage({ width: 1000, height: 800 });
    await at.open();
    await at.page.getByRole('tab', { name: 'Map' }).click();
    await expect.poll(async () => (await at.page.locator('[data-area="map"]').boundingBox())!.width).toBe(1000);
    await expect.poll(() => at.page.locator('[data-area="viewer"]').isVisible()).toBe(false);
    expect(await violations(at)).toEqual([]);
    expect(await at.page.evaluate(() => document.documentElement.scrollWidth)).toBe(1000);
    await at.close();
  });

  test('draws the map without WebGL2, and says so', async () => {
    const at = await openPage({ webgl: false });
    await at.open();
    await at.page.getByText('4,000 patches · no WebGL2').waitFor();
    await expect.poll(() => at.page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>('canvas.points')!;
      return canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data.some((part) => part > 0) ?? false;
    })).toBe(true);
    await at.close();
  });
});
