import type { Action } from '@/api/shapes';

/** An action's title in the reader's language, else in its default one. */
export function titleOf(action: Pick<Action, 'texts' | 'default_language'>, language: string): string {
  return action.texts[language]?.title || action.texts[action.default_language]?.title || '';
}
