import type { ReactNode } from 'react';
import { Skeleton } from './skeleton';
import { Trouble } from './trouble';

/** As much of a query as a list shows. */
interface Fetched {
  isPending: boolean;
  /** It failed before anything came; what came before a later failure stays. */
  isLoadingError: boolean;
  error: unknown;
  refetch: () => unknown;
}

interface Props {
  list: Fetched;
  /** Said instead of no rows; null while there are some. */
  blank: ReactNode;
  children: ReactNode;
}

/** What a pane shows of a list: that it comes, that it failed, that it is empty, or its rows. */
export function ListBody({ list, blank, children }: Props) {
  if (!list.isPending && !list.isLoadingError && !blank) return children;
  return (
    <div className="pane-body">
      {list.isPending ? (
        <Skeleton lines={8} />
      ) : list.isLoadingError ? (
        <Trouble error={list.error} retry={() => void list.refetch()} />
      ) : (
        blank
      )}
    </div>
  );
}
