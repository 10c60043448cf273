type Listener = () => void;

let ended = false;
const listeners = new Set<Listener>();

/** Whether the session ended under the reader's hands. The page stays as it is; a panel asks to sign in again. */
export const sessionEnd = {
  get: () => ended,
  set(value: boolean): void {
    if (ended !== value) {
      ended = value;
      listeners.forEach((tell) => {
        tell();
      });
    }
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
