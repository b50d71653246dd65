import { getContext, setContext } from 'svelte';
import { remember, remembered } from './remember.ts';

export const AREAS = ['viewer', 'map', 'tray', 'filters'] as const;
export type Area = (typeof AREAS)[number];

export type Theme = 'dark' | 'light';

/** Below this width the areas become tabs. */
export const NARROW = 1100;

/** The page's form: what fills it, its theme, and which dialog is open. Remembered by the browser, not by links. */
export class Layout {
  theme: Theme = $state(remembered('theme', 'dark') === 'light' ? 'light' : 'dark');
  narrow = $state(false);
  /** The area that fills the page on request. */
  full: Area | null = $state(null);
  /** The area of a narrow page. */
  tab: Area = $state('viewer');
  /** The area that the pointer or the keyboard was in last, which `f` fills the page with. */
  last: Area = $state('viewer');
  dialog: 'none' | 'palette' | 'keys' = $state('none');
  readonly dark = $derived(this.theme === 'dark');

  setTheme(theme: Theme): void {
    this.theme = theme;
    remember('theme', theme);
    document.documentElement.dataset['theme'] = theme;
  }

  toggleFull(area: Area = this.last): void {
    this.full = this.full === null ? area : null;
  }

  /** Makes an area visible, whatever the page's width. */
  reveal(area: Area): void {
    this.tab = area;
    if (this.full !== null) {
      this.full = area;
    }
  }

  filling(area: Area): boolean {
    return this.full === area || (this.full === null && this.narrow && this.tab === area);
  }

  hidden(area: Area): boolean {
    return this.full === null && this.narrow && this.tab !== area;
  }
}

const KEY = Symbol('layout');

export function provideLayout(layout: Layout): Layout {
  return setContext(KEY, layout);
}

export function useLayout(): Layout {
  return getContext<Layout>(KEY);
}
