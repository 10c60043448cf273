import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { kept } from '@/api/kept';
import { meQuery } from '@/entities/person/me';
import { ASSIGNMENTS_KEPT, assignmentQueries } from '@/features/actions/api';
import { officeHolderKept, officeHolderQuery } from '@/features/advocacy/api';
import { loadCatalogue } from '@/i18n/i18n';
import { keepApplication } from '@/lib/keep-application';

/** What a relay opens on the way: fetched now, so that it is there without network. */
async function keepScreens(): Promise<void> {
  await Promise.all([
    import('../routes/today'),
    import('../routes/brief'),
    import('../routes/my-seat'),
    loadCatalogue('advocacy'),
  ]);
  await keepApplication();
}

/**
 * Keep on this device what who holds a seat needs where there is no network: their running assignments with the briefs, whom they
 * meet, and who they are. Until the last of these actions takes no more reports; what they may read no more goes at the next contact.
 */
export function useKeptOnTheWay(): void {
  const { data: me } = useQuery(meQuery);
  const holdsSeat = me?.grants.some(({ role }) => role === 'relay' || role === 'stand_in');
  const { data: mine } = useQuery({ ...assignmentQueries.mine, enabled: Boolean(holdsSeat) });
  const isRunning = Boolean(mine?.items.some(({ action }) => action.status === 'launched'));
  const areas = [
    ...new Set(mine?.items.filter(({ action }) => action.status === 'launched').map(({ seat }) => seat.code)),
  ];
  const cards = useQueries({
    queries: areas.map(officeHolderQuery),
    combine: (answers) => answers.map(({ data }, index) => ({ name: officeHolderKept(areas[index] ?? ''), data })),
  });

  useEffect(() => {
    if (!me || (holdsSeat && !mine)) return;
    const now = new Date().toISOString();
    const items = (mine?.items ?? []).filter(
      ({ action }) => action.status === 'launched' && action.reports_until > now,
    );
    const until = items
      .map(({ action }) => action.reports_until)
      .sort()
      .at(-1);
    const all = until ? [{ name: 'me', data: me }, { name: ASSIGNMENTS_KEPT, data: { items } }, ...cards] : [];
    kept.only(all, until ?? now).catch(() => undefined);
  }, [me, holdsSeat, mine, cards]);

  useEffect(() => {
    if (isRunning) keepScreens().catch(() => undefined);
  }, [isRunning]);
}
