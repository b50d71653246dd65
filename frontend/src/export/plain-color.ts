/** A computed colour as programs for drawings know it: six digits, and how much of it covers. */
export interface PlainColor {
  color: string;
  /** 0 to 1. */
  cover: number;
}

/** `rgb(…)`, `rgba(…)` and `color(srgb …)` of browsers; anything else is handed on as it is. */
export function plainColor(css: string): PlainColor {
  const found = /^(rgba?|color)\((?:srgb )?([^)]*)\)$/.exec(css);
  if (found === null) {
    return { color: css, cover: css === 'transparent' ? 0 : 1 };
  }
  const [red, green, blue, cover = 1] = found[2]!.split(/[\s,/]+/).map(Number);
  const whole = found[1] === 'color' ? 255 : 1;
  const digits = [red, green, blue].map((part) => Math.round((part ?? 0) * whole).toString(16).padStart(2, '0')).join('');
  return { color: `#${digits}`, cover };
}
