import { brotliCompressSync, constants } from 'node:zlib';
import type { Plugin } from 'vite';

const TEXT = /\.(?:js|css|html|svg|json|txt)$/;

/**
 * Lays a file packed by Brotli beside every text of the page. The build has the time for its slowest level, and Node
 * brings the program; the server, which has neither, hands the files out as they are.
 */
export function compressed(): Plugin {
  return {
    name: 'patchlens-compressed',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_options, bundle) {
        for (const [name, part] of Object.entries(bundle)) {
          if (TEXT.test(name)) {
            const content = Buffer.from(part.type === 'chunk' ? part.code : part.source);
            const options = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } };
            this.emitFile({ type: 'asset', fileName: `${name}.br`, source: brotliCompressSync(content, options) });
          }
        }
      },
    },
  };
}
