import type { Layout } from '../layout/layout.svelte.ts';
import type { Session } from '../state/session.svelte.ts';
import { TRAY_TABS, type TrayTab } from '../state/spec.ts';
import { OVERLAYS } from '../state/spec.ts';
import type { ViewerModel } from '../viewer/model.svelte.ts';
import { KINDS } from '../viewer/overlay-kinds.ts';
import { chooseOverlay } from '../viewer/result-values.ts';
import { chooseWindow } from '../viewer/presets.ts';
import { PRESETS } from '../viewer/window.ts';
import { WHOLE } from '../viewer/transform.ts';

/** What keys and palette act on. */
export interface Parts {
  session: Session;
  layout: Layout;
  viewer: ViewerModel;
}

export interface Action {
  name: string;
  /** As written in the list of keys; empty for what only the palette offers. */
  keys: string;
  group: 'window' | 'overlay' | 'move' | 'page' | 'marks';
  run(parts: Parts): void;
}

const TAB_NAMES: Record<TrayTab, string> = {
  gallery: 'Gallery', neighbours: 'Neighbours', charts: 'Charts', attention: 'Attention atlas', results: 'Results', runs: 'Runs',
};

export function tabName(tab: TrayTab): string {
  return TAB_NAMES[tab];
}

/** Everything that a key or the palette can do; the list of keys is made of it. */
export const ACTIONS: readonly Action[] = [
  ...PRESETS.map((preset): Action => ({
    name: `Window ${preset.name} ${preset.centre}/${preset.width}`, keys: preset.key, group: 'window',
    run: ({ session }) => chooseWindow(session, preset.key),
  })),
  { name: "Window of the picture's own", keys: '0', group: 'window', run: ({ session }) => chooseWindow(session, 'own') },
  { name: 'Invert black and white', keys: 'i', group: 'window', run: ({ session }) => (session.spec.window.invert = !session.spec.window.invert) },
  { name: 'Layer before', keys: '[', group: 'overlay', run: ({ session }) => stepLayer(session, -1) },
  { name: 'Layer after', keys: ']', group: 'overlay', run: ({ session }) => stepLayer(session, 1) },
  { name: 'Head before', keys: ',', group: 'overlay', run: ({ session }) => stepHead(session, -1) },
  { name: 'Head after', keys: '.', group: 'overlay', run: ({ session }) => stepHead(session, 1) },
  { name: 'Overlay on or off', keys: 'space', group: 'overlay', run: ({ session }) => session.overlay({ shown: !session.spec.overlay.shown }) },
  { name: 'Less opacity', keys: '-', group: 'overlay', run: ({ session }) => stepOpacity(session, -0.1) },
  { name: 'More opacity', keys: '=', group: 'overlay', run: ({ session }) => stepOpacity(session, 0.1) },
  { name: 'Hide tokens of high norm', keys: 'h', group: 'overlay', run: ({ session }) => session.overlay({ hideHighNorm: !session.spec.overlay.hideHighNorm }) },
  ...OVERLAYS.map((kind): Action => ({
    name: `Overlay: ${KINDS[kind].title}`, keys: '', group: 'overlay',
    run: ({ session }) => chooseOverlay(session, kind),
  })),
  { name: 'Patch above', keys: '↑', group: 'move', run: ({ session }) => walk(session, -1, 0) },
  { name: 'Patch below', keys: '↓', group: 'move', run: ({ session }) => walk(session, 1, 0) },
  { name: 'Patch to the left', keys: '←', group: 'move', run: ({ session }) => walk(session, 0, -1) },
  { name: 'Patch to the right', keys: '→', group: 'move', run: ({ session }) => walk(session, 0, 1) },
  { name: 'Slice above', keys: 'Alt+↑', group: 'move', run: (parts) => stepSlice(parts, -1) },
  { name: 'Slice below', keys: 'Alt+↓', group: 'move', run: (parts) => stepSlice(parts, 1) },
  { name: 'Next image (of the selection)', keys: 'n', group: 'move', run: (parts) => stepImage(parts, 1) },
  { name: 'Previous image (of the selection)', keys: 'p', group: 'move', run: (parts) => stepImage(parts, -1) },
  { name: 'Whole image', keys: '', group: 'move', run: ({ viewer }) => (viewer.zoom = WHOLE) },
  ...([1, 2, 3, 4] as const).map((count): Action => ({
    name: `${count} ${count === 1 ? 'pane' : 'panes'}`, keys: '', group: 'page', run: ({ viewer }) => viewer.setPanes(count),
  })),
  { name: 'Gallery', keys: 'g', group: 'page', run: ({ session, layout }) => { session.spec.tray = 'gallery'; layout.reveal('tray'); } },
  { name: 'Map', keys: 'm', group: 'page', run: ({ layout }) => { layout.reveal('map'); focusArea('map'); } },
  ...TRAY_TABS.filter((tab) => tab !== 'gallery').map((tab): Action => ({
    name: TAB_NAMES[tab], keys: '', group: 'page', run: ({ session, layout }) => { session.spec.tray = tab; layout.reveal('tray'); },
  })),
  { name: 'Fill the page with this view', keys: 'f', group: 'page', run: ({ layout }) => layout.toggleFull() },
  { name: 'Dark or light', keys: '', group: 'page', run: ({ layout }) => layout.setTheme(layout.dark ? 'light' : 'dark') },
  { name: 'Map in 2-D or 3-D', keys: '', group: 'page', run: ({ session: { spec: { map } } }) => { map.camera = null; map.dimensions = map.dimensions === 2 ? 3 : 2; } },
  { name: 'Everything by name', keys: 'Ctrl+k', group: 'page', run: ({ layout }) => (layout.dialog = 'palette') },
  { name: 'Keys', keys: '?', group: 'page', run: ({ layout }) => (layout.dialog = 'keys') },
  { name: 'Clear selection, focus and lines', keys: 'Esc', group: 'marks', run: clear },
  { name: 'Undo', keys: 'Ctrl+z', group: 'marks', run: ({ session }) => session.undo() },
  { name: 'Redo', keys: 'Ctrl+Shift+z', group: 'marks', run: ({ session }) => session.redo() },
  { name: 'Select everything else', keys: '', group: 'marks', run: ({ session }) => session.select(session.selection.inverse()) },
];

function clear({ session, layout }: Parts): void {
  if (layout.full !== null) {
    layout.full = null;
  } else if (session.spec.lines !== null) {
    session.spec.lines = null;
  } else {
    session.clear();
  }
}

export function stepLayer(session: Session, by: number): void {
  const layers = session.study?.layers ?? [];
  const at = layers.indexOf(session.spec.layer) + by;
  session.spec.layer = layers[Math.min(layers.length - 1, Math.max(0, at))] ?? session.spec.layer;
}

export function stepHead(session: Session, by: number): void {
  const heads = ['mean', ...Array.from({ length: session.study?.heads ?? 0 }, (_, head) => String(head))];
  session.spec.head = heads[(heads.indexOf(session.spec.head) + by + heads.length) % heads.length]!;
}

function stepOpacity(session: Session, by: number): void {
  const opacity = Math.round((session.spec.overlay.opacity + by) * 20) / 20;
  session.overlay({ opacity: Math.min(1, Math.max(0, opacity)) });
}

function walk(session: Session, rows: number, columns: number): void {
  const { study, spec } = session;
  if (study === null) {
    return;
  }
  const [image, row, column] = spec.focus
    ?? [spec.images[0] ?? 0, Math.floor(study.grid.rows / 2), Math.floor(study.grid.columns / 2)];
  session.walkTo([
    image,
    Math.min(study.grid.rows - 1, Math.max(0, row + rows)),
    Math.min(study.grid.columns - 1, Math.max(0, column + columns)),
  ]);
}

function stepSlice({ session, viewer }: Parts, by: number): void {
  const image = session.spec.images[viewer.active] ?? 0;
  session.show(viewer.sliceFrom(image, by) ?? image, viewer.active);
}

/** Through the images of the selection, or of the filter where nothing is selected. */
function stepImage({ session, viewer }: Parts, by: number): void {
  const { selection, patches, passes, spec } = session;
  const counts = selection.count > 0 ? selection.perImage(patches) : passes;
  const candidates = [...counts.keys()].filter((image) => counts[image]! > 0);
  const current = spec.images[viewer.active] ?? 0;
  const next = by > 0
    ? (candidates.find((image) => image > current) ?? candidates[0])
    : (candidates.findLast((image) => image < current) ?? candidates.at(-1));
  session.show(next ?? current, viewer.active);
}

function focusArea(area: string): void {
  document.querySelector<HTMLElement>(`[data-area="${area}"] [tabindex="0"]`)?.focus();
}
