import { QueryClient } from '@tanstack/react-query';
import { asProblem } from './problem';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 15_000,
        // A refusal stays a refusal; only what may pass is asked again.
        retry: (count, error) => count < 2 && asProblem(error).isPassing,
      },
      mutations: { retry: false },
    },
  });
}
