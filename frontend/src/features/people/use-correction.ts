import { useMutation, useQueryClient } from '@tanstack/react-query';
import { asProblem } from '@/api/problem';
import { meQuery } from '@/entities/person/me';
import type { Corrections } from './corrections-api';

/** Send a correction: what is shown follows, and what was wrong in it is said by field. */
export function useCorrection<Body>(ways: Corrections, send: (body: Body) => Promise<unknown>, onDone: () => void) {
  const queries = useQueryClient();
  const correction = useMutation({
    mutationFn: send,
    onSuccess: (shown) => {
      queries.setQueryData(ways.key, shown);
      void queries.invalidateQueries({ queryKey: meQuery.queryKey });
      onDone();
    },
  });
  const mistakes = correction.isError ? asProblem(correction.error).fields : {};
  return { correction, mistakes, hasMistakes: Object.keys(mistakes).length > 0 };
}
