import { useQueryClient } from '@tanstack/react-query';
import type { MouseEvent, ReactNode } from 'react';
import { meQuery } from '@/entities/person/me';
import { handProof } from './give/handed-proof';
import { proveBySession } from './own-giving-api';

interface Props {
  href: string;
  className?: string;
  children: ReactNode;
}

/** Lead to where one gives with my address proved, since I am signed in with it: no code is typed there. */
export function OwnGiveLink({ href, className, children }: Props) {
  const queries = useQueryClient();
  async function lead() {
    try {
      const [me, proof] = await Promise.all([queries.ensureQueryData(meQuery), proveBySession()]);
      if (me) handProof({ token: proof.token, email: me.email.toLowerCase(), until: Date.parse(proof.ends_at) });
    } catch {
      // the page is reached all the same, and a code proves the address there
    }
    location.assign(href);
  }
  function onClick(event: MouseEvent) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void lead();
  }
  return (
    <a href={href} className={className} onClick={onClick}>
      {children}
    </a>
  );
}
