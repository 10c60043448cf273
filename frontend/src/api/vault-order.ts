type Listener = () => void;

const listeners = new Set<Listener>();
let given = false;
let next = '/app/';

/** The server's word that what this browser keeps must go: any answer may carry it, signed in or not. */
export const vaultOrder = {
  isGiven: () => given,
  /** Where the browser begins anew once its vault is empty. */
  next: () => next,
  /** Said by who is about to cause the order themself, and has somewhere to go. */
  thenGoTo(path: string): void {
    next = path;
  },
  read(response: Response): void {
    if (!given && response.headers.get('Maillage-Vault') === 'wipe') vaultOrder.set(true);
  },
  set(value: boolean): void {
    given = value;
    listeners.forEach((tell) => {
      tell();
    });
  },
  subscribe(listener: Listener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};
