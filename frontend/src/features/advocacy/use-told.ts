import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '@/api/problem';

/** A change of what is known of somebody: what other screens show of it is asked anew, then the panel closes. */
export function useTold<Said, Answer>(
  tell: (said: Said) => Promise<Answer>,
  onDone: () => void,
): UseMutationResult<Answer, Problem, Said> {
  const queries = useQueryClient();
  return useMutation<Answer, Problem, Said>({
    mutationFn: tell,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['advocacy'] });
      onDone();
    },
  });
}
