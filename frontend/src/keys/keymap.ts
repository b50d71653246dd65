import { ACTIONS, type Action } from './actions.ts';

/** The key of an event as it is written in the list of keys; Cmd counts as Ctrl. */
export function keyName(event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>): string {
  const named: Record<string, string> = {
    ' ': 'space', Escape: 'Esc', ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→', '+': '=', _: '-',
  };
  const control = event.ctrlKey || event.metaKey;
  const key = named[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return `${control ? 'Ctrl+' : ''}${event.altKey ? 'Alt+' : ''}${control && event.shiftKey ? 'Shift+' : ''}${key}`;
}

const BY_KEY = new Map(ACTIONS.filter((action) => action.keys !== '').map((action) => [action.keys, action]));

export function actionFor(name: string): Action | undefined {
  return BY_KEY.get(name === 'Ctrl+y' ? 'Ctrl+Shift+z' : name);
}

/** Whether an element takes typed keys itself, in which case none of ours is meant. */
export function takesKeys(target: EventTarget | null, name: string): boolean {
  if (!(target instanceof HTMLElement)) {
    return false;
  }
  if (target.matches('input:not([type=range]):not([type=checkbox]), textarea, [contenteditable]')) {
    return name !== 'Ctrl+k';
  }
  if (target.matches('select, input[type=range]')) {
    return /^(Alt\+)?[↑↓←→]$|^space$/.test(name) || name.length === 1;
  }
  return target.matches('button, [role=tab], [role=option], a, summary') && /^(space|Enter|[↑↓←→])$/.test(name);
}
