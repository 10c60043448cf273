import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Fund } from '@/api/shapes';
import { fundsQuery } from './funds-api';

/** Change a fund; the answer takes the place of what is shown of its recipient. */
export function useFundChange<In>(change: (given: In) => Promise<Fund>, after?: (fund: Fund) => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: (fund) => {
      queries.setQueryData(
        fundsQuery.queryKey,
        (known) =>
          known && {
            ...known,
            items: known.items.some(({ code }) => code === fund.code)
              ? known.items.map((one) => (one.code === fund.code ? fund : one))
              : [...known.items, fund],
          },
      );
      after?.(fund);
    },
  });
}
