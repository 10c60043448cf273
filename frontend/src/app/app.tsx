import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { RouterProvider } from 'react-router/dom';
import { makeQueryClient } from '@/api/query-client';
import { LeftBehind } from './left-behind';
import { ProofPanel } from './proof-panel';
import { makeRouter } from './router';
import { SessionPanel } from './session-panel';

export function App() {
  const [queries] = useState(makeQueryClient);
  const [router] = useState(makeRouter);
  return (
    <QueryClientProvider client={queries}>
      <RouterProvider router={router} />
      <SessionPanel />
      <LeftBehind />
      <ProofPanel />
    </QueryClientProvider>
  );
}
