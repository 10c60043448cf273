import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';

/** What waits for me in my places: where and by when, and of whom nothing. */
export const todayQuery = queryOptions({
  queryKey: ['relays', 'today'],
  queryFn: () => read(client.GET('/api/v1/relays/today/')),
});
