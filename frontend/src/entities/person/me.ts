import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { kept } from '@/api/kept';
import { asProblem } from '@/api/problem';
import type { Me } from '@/api/shapes';

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['accounts', 'me'],
  queryFn: async (): Promise<Me | null> => {
    try {
      return await kept.or('me', () => read(client.GET('/api/v1/accounts/me/')));
    } catch (error) {
      if (asProblem(error).isSignedOut) return null;
      throw error;
    }
  },
  staleTime: 5 * 60_000,
  ...kept.asking('me'),
});
