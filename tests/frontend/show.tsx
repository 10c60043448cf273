import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { type ReactElement } from 'react';
import { createMemoryRouter, RouterProvider } from 'react-router';

/** Draw one piece of the application at an address, with its own cache. */
export function show(element: ReactElement, { at = '/', path = '*' }: { at?: string; path?: string } = {}) {
  const queries = new QueryClient({
    defaultOptions: { queries: { retry: false }, mutations: { retry: false } },
  });
  const router = createMemoryRouter([{ path, element }], {
    initialEntries: [at],
  });
  const view = render(
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
  return { ...view, router, queries, user: userEvent.setup() };
}
