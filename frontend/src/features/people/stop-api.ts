import { client, read } from '@/api/client';

/** That their relay contacts them. */
export const RELAY_CONTACT = 'people.relay_contact';

interface Said {
  person: string;
  /** Empty: of everything. */
  purpose: string;
  reason: string | null;
}

/** Write down that somebody wants no more; only they can give it again. */
export function stopAsSaid(said: Said) {
  return read(client.POST('/api/v1/messaging/stops/', { body: said }));
}
