/** What this browser remembers of the page's form; where storage is forbidden, nothing is remembered. */
export function remembered(key: string, normal: string): string {
  try {
    return localStorage.getItem(`patchlens.${key}`) ?? normal;
  } catch {
    return normal;
  }
}

export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`patchlens.${key}`, value);
  } catch {
    return;
  }
}
