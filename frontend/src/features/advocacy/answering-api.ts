import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** My requests to office holders of which nobody said yet whether they were answered. */
export const answerQuestionsQuery = queryOptions({
  queryKey: ['advocacy', 'answer-questions'],
  queryFn: () => read(client.GET('/api/v1/advocacy/answer-questions/')),
});

/** How often office holders answered the requests of a year. */
export const responseRatesQuery = queryOptions({
  queryKey: ['advocacy', 'response-rates'],
  queryFn: () => read(client.GET('/api/v1/advocacy/response-rates/')),
});

export function tellIfAnswered({ id, ...body }: { id: string; was_answered: boolean }): Promise<unknown> {
  return read(client.POST('/api/v1/advocacy/answer-questions/{id}/answer/', { params: { path: { id } }, body }));
}
