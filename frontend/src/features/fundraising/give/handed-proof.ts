/** A proof of an address, as a form keeps it: good until an instant, in milliseconds. */
export interface KeptProof {
  token: string;
  email: string;
  until: number;
}

const KEY = 'giving-proof';

/** Let the next form of a fund that opens in this tab have a proof. It stands in no address, which others may read. */
export function handProof(proof: KeptProof): void {
  sessionStorage.setItem(KEY, JSON.stringify(proof));
}

/** Take the proof that was handed over, once; nothing where there is none that still holds. */
export function takeProof(): KeptProof | null {
  try {
    const kept = JSON.parse(sessionStorage.getItem(KEY) ?? 'null') as KeptProof | null;
    sessionStorage.removeItem(KEY);
    return kept && kept.until > Date.now() ? kept : null;
  } catch {
    return null; // no storage here, or nothing of ours in it: a code proves the address
  }
}
