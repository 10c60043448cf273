import { client, read } from '@/api/client';
import type { ApplicationOnPaper, PersonOnPaper } from '@/api/shapes';

/** Enter somebody from the paper that they signed. */
export function enterPerson(body: PersonOnPaper) {
  return read(client.POST('/api/v1/people/entered/', { body }));
}

/** Enter that somebody asks for a seat: a member, or whoever stands on the paper. */
export function enterApplication(body: ApplicationOnPaper) {
  return read(client.POST('/api/v1/relays/applications/entered/', { body }));
}
