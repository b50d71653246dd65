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
