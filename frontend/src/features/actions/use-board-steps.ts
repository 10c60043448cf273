import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState } from 'react';
import type { BoardStep, BoardStepAsked } from '@/api/shapes';
import { stepQueries, takeStep, undoStep } from './api';

/** What an organiser does from a board: take a step, undo one; the last one stays at hand to be undone. */
export function useBoardSteps(action: string) {
  const queries = useQueryClient();
  const [last, setLast] = useState<BoardStep | null>(null);
  const keys = useRef(new Map<string, string>());
  const onSettled = useCallback(async () => {
    await Promise.all([
      queries.invalidateQueries({ queryKey: ['actions', 'board', action] }),
      queries.invalidateQueries({ queryKey: ['actions', 'line'] }),
      queries.invalidateQueries(stepQueries.all(action)),
    ]);
  }, [queries, action]);
  const taking = useMutation({
    mutationFn: (asked: BoardStepAsked) => {
      const body = JSON.stringify(asked);
      const key = keys.current.get(body) ?? crypto.randomUUID();
      keys.current.set(body, key);
      return takeStep({ ...asked, id: action, key }).then((step) => {
        keys.current.delete(body);
        return step;
      });
    },
    onSuccess: (step) => {
      setLast(step);
    },
    onSettled,
  });
  const undoing = useMutation({
    mutationFn: (step: string) => undoStep({ id: action, step }),
    onSuccess: () => {
      setLast(null);
    },
    onSettled,
  });
  const forget = useCallback(() => {
    setLast(null);
  }, []);
  return { taking, undoing, last, forget };
}

export type BoardSteps = ReturnType<typeof useBoardSteps>;
