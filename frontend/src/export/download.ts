import type { Session } from '../state/session.svelte.ts';

/** Hands a file to the browser's downloads. */
export function download(name: string, content: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Rows as CSV with CRLF, quoted where needed; what a spreadsheet would run as a formula is quoted as text. */
export function csv(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  return rows.map((row) => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

function cell(value: string | number | null | undefined): string {
  if (value === null || value === undefined) {
    return '';
  }
  if (typeof value === 'number') {
    return Number.isNaN(value) ? '' : String(value);
  }
  const text = /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

export function csvBlob(rows: readonly (readonly (string | number | null | undefined)[])[]): Blob {
  return new Blob([csv(rows)], { type: 'text/csv' });
}

/** What stands under every exported picture: study, model, layer, options, version. */
export function origin(session: Session, what: string): string {
  const { study, spec } = session;
  const provenance = study?.provenance ?? {};
  return [
    what,
    `study ${study?.name ?? '?'}`,
    `model ${study?.model.name ?? '?'}`,
    `layer ${spec.layer}`,
    provenance.options === undefined ? '' : provenance.options,
    provenance.seed === undefined ? '' : `seed ${provenance.seed}`,
    `Patchlens ${provenance.version ?? ''}`,
  ].filter((part) => part !== '').join(' · ');
}

/** A name for a file from words, without what file systems refuse. */
export function fileName(session: Session, what: string, extension: string): string {
  const words = `${session.study?.name ?? 'study'}-${what}`.replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '');
  return `${words.slice(0, 80)}.${extension}`;
}

const STYLES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font', 'font-family', 'font-size',
  'font-weight', 'text-anchor', 'dominant-baseline', 'fill-opacity', 'stroke-opacity', 'vector-effect', 'visibility'];

/** An SVG of the page as a file of its own: computed styles written in, caption below. */
export function svgText(svg: SVGSVGElement, caption: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll<SVGElement>('*')];
  const copies = [copy, ...copy.querySelectorAll<SVGElement>('*')];
  originals.forEach((element, i) => {
    const computed = getComputedStyle(element);
    for (const name of STYLES) {
      copies[i]!.style.setProperty(name, computed.getPropertyValue(name));
    }
    copies[i]!.removeAttribute('class');
  });
  const { width, height } = svg.getBoundingClientRect();
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height + 28));
  copy.setAttribute('viewBox', `0 0 ${width} ${height + 28}`);
  const style = getComputedStyle(document.documentElement);
  const ground = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  ground.setAttribute('width', '100%');
  ground.setAttribute('height', '100%');
  ground.setAttribute('fill', style.getPropertyValue('--panel'));
  copy.prepend(ground);
  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');
  text.setAttribute('x', '8');
  text.setAttribute('y', String(height + 18));
  text.setAttribute('font-size', '10');
  text.setAttribute('font-family', 'sans-serif');
  text.setAttribute('fill', style.getPropertyValue('--soft'));
  text.textContent = caption;
  copy.append(text);
  return new XMLSerializer().serializeToString(copy);
}
