import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';

/** Change how I sign in; what is shown of it is asked anew. */
export function useChange<In, Out>(
  change: (given: In) => Promise<Out>,
  after?: (out: Out) => void,
): UseMutationResult<Out, Error, In> {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: change,
    onSuccess: async (out) => {
      after?.(out);
      await queries.invalidateQueries({ queryKey: ['accounts', 'security'] });
    },
  });
}
