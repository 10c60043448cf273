type Listener = () => void;

const listeners = new Set<Listener>();
let given = false;

/** The server's word that what this browser keeps must go: any answer may carry it, signed in or not. */
export const vaultOrder = {
  isGiven: () => given,
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
