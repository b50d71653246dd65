import type { Session } from '../state/session.svelte.ts';
import { BYTES, PRESETS, ownWindow, windowLimits } from './window.ts';

/** Sets the window to a preset by its key or name, or to the picture as it was kept. */
export function chooseWindow(session: Session, choice: string): void {
  const preset = PRESETS.find((one) => one.key === choice || one.name === choice);
  const window = session.spec.window;
  if (preset === undefined) {
    session.spec.window = { ...window, preset: 'own', ...ownWindow(session.pixelScale) };
  } else if (session.pixelScale.unit === 'HU') {
    session.spec.window = { ...window, preset: preset.name, centre: preset.centre, width: preset.width };
    session.notice = windowLimits(session.pixelScale, preset.centre, preset.width);
  } else {
    session.notice = `The ${preset.name} window is in Hounsfield units, which these pictures do not have; drag with the right button instead.`;
  }
}

/** What the window is applied to, said plainly. */
export function windowSentence(session: Session): string {
  const { pixelScale, spec } = session;
  if (pixelScale.unit === 'HU') {
    return windowLimits(pixelScale, spec.window.centre, spec.window.width);
  }
  const values = pixelScale === BYTES ? 'bytes' : "the files' own values";
  return `The study keeps 8-bit pictures without a unit; the window is in ${values}. Drag with the right button to change it.`;
}
