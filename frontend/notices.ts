import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';

/** Licences that the page may carry along; others end the build. */
const ALLOWED = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD'];
export const NOTICES = 'THIRD-PARTY.txt';

export interface Library {
  name: string;
  version: string;
  license: string;
  text: string;
}

/** Writes beside the page the licences of the libraries that were really bundled, which the licences ask for. */
export function notices(): Plugin {
  return {
    name: 'patchlens-notices',
    apply: 'build',
    generateBundle(_options, bundle) {
      const folders = new Set<string>();
      for (const part of Object.values(bundle)) {
        const modules = part.type === 'chunk' ? part.moduleIds : [];
        modules.map(packageOf).filter((folder) => folder !== null).forEach((folder) => folders.add(folder));
      }
      const libraries = [...folders].map(library).sort((a, b) => (a.name < b.name ? -1 : 1));
      this.emitFile({ type: 'asset', fileName: NOTICES, source: written(libraries) });
    },
  };
}

/** The folder of the package that a module belongs to, or null for a module of our own. */
export function packageOf(module: string): string | null {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(module.replaceAll('\\', '/'))?.[1] ?? null;
}

function library(folder: string): Library {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Library;
  const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
  if (!ALLOWED.includes(license) || file === undefined) {
    throw new Error(`[${name}] has the licence ${license}${file === undefined ? ' and no text of it' : ''}; `
      + `one of ${ALLOWED.join(', ')} with its text is expected. Use another library.`);
  }
  return { name, version, license, text: readFileSync(join(folder, file), 'utf8').trim() };
}

export function written(libraries: readonly Library[]): string {
  const parts = libraries.map(({ name, version, license, text }) => `${name} ${version} (${license})\n\n${text}\n`);
  return ['The page of Patchlens contains these libraries.\n', ...parts].join(`\n${'-'.repeat(80)}\n\n`);
}
