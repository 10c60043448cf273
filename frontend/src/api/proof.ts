import type { Problem } from './problem';
import { asProblem } from './problem';
import type { Way } from './shapes';

interface Asked {
  ways: Way[];
  answer: (isProved: boolean) => void;
}
type Listener = () => void;

let asked: Asked | null = null;
const listeners = new Set<Listener>();

function set(next: Asked | null): void {
  asked = next;
  listeners.forEach((tell) => {
    tell();
  });
}

/** What the server asks to be proved before it goes on; a panel over the page answers. */
export const proofAsked = {
  get: () => asked,
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/**
 * Call what may ask for a recent proof (403 `step_up_required`): the reader proves that it is they, and it is called
 * again. Given up, it fails with the server's own problem.
 */
export async function withProof<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    const problem = asProblem(error);
    if (problem.code !== 'step_up_required' || !(await isProved(problem))) throw error;
  }
  return call();
}

function isProved(problem: Problem): Promise<boolean> {
  asked?.answer(false);
  return new Promise((resolve) => {
    set({
      ways: (problem.body.ways ?? []) as Way[],
      answer: (yes) => {
        set(null);
        resolve(yes);
      },
    });
  });
}
