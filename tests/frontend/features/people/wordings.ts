import type { Wording, Wordings } from '@/api/shapes';

/** The sentence beside a box, as the software says it. */
export function wording(more: Partial<Wording> = {}): Wording {
  const words = {
    version: 'relay_contact.1',
    text: 'The relay may contact me.',
    since: '2026-11-01T10:00:00Z',
    until: null,
  };
  return {
    slug: 'relay_contact',
    title: 'Contact by the relay',
    purpose: 'people.relay_contact',
    is_on_paper: true,
    in_force: words,
    is_own: false,
    software: words,
    is_behind: false,
    earlier: [],
    versions: [],
    under_way: null,
    abilities: { draft: true, retire: false },
    ...more,
  };
}

export function wordings(items: Wording[]): Wordings {
  return { languages: ['fr', 'en'], most: 600, items };
}
