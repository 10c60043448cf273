import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Duplicate } from '@/api/shapes';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import { UndoToast } from '@/ui/undo-toast';
import {
  duplicatesCountQuery,
  duplicatesQuery,
  mergePeople,
  type Pair,
  proposeAgain,
  takeApart,
  tellApart,
  type Values,
} from './duplicates-api';
import { MergeList } from './merge-list';
import { MergePanel } from './merge-panel';
import { nameOf } from './name-of';

const keyOf = (pair: Duplicate) => pair.id;

/** Records that may be of one person: look at two, join them, or say that they are two people. */
export function DuplicatesDesk() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { get, set } = useFilters();
  const chosen = get('pair') || null;
  const list = useInfiniteQuery(duplicatesQuery);
  const total = useQuery(duplicatesCountQuery);
  const [undo, setUndo] = useState<{ key: string; text: string; act: () => Promise<unknown> } | null>(null);
  const refresh = () => queries.invalidateQueries({ queryKey: ['people'] });
  const act = useMutation({ mutationFn: (deed: () => Promise<unknown>) => deed(), onSettled: refresh });
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const pair = rows.find((row) => row.id === chosen);
  const columns = useMemo<Column<Duplicate>[]>(
    () => [
      {
        name: 'names',
        word: t('duplicates.column_names'),
        isHead: true,
        cell: (row) => [...new Set(row.people.map(nameOf))].join(' · '),
      },
      { name: 'why', word: t('duplicates.column_why'), cell: (row) => row.reasons.map(({ told }) => told).join(' · ') },
      {
        name: 'place',
        word: t('people.column_seat'),
        cell: (row) => (
          <Raised
            text={[...new Set(row.people.map((person) => person.area?.name ?? ''))].filter(Boolean).join(' · ')}
          />
        ),
      },
    ],
    [t],
  );

  function merge(records: Pair, values: Values) {
    act.mutate(async () => {
      const { id } = await mergePeople({ pair: records, values });
      set({ pair: null });
      setUndo({ key: id, text: t('duplicates.merged'), act: () => takeApart(id) });
    });
  }
  function apart({ people: [one, other] }: Duplicate) {
    if (!one || !other) return;
    act.mutate(async () => {
      const { id } = await tellApart({ person: one.id, other: other.id });
      set({ pair: null });
      setUndo({ key: id, text: t('duplicates.told_apart'), act: () => proposeAgain(id) });
    });
  }

  return (
    <>
      <DeskHead title={t('duplicates.title')} lead={t('duplicates.lead')}>
        <Link className="button line" to="/desk/people">
          {t('duplicates.back')}
        </Link>
      </DeskHead>
      {act.isError && <Trouble error={act.error} kept={t('duplicates.unchanged')} />}
      <div className="duo">
        <Pane title={t('duplicates.list')} note={t('duplicates.strongest_first')}>
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t('duplicates.none')}>
                  <p>{t('duplicates.none_why')}</p>
                </Blank>
              )
            }
          >
            <ListTable
              label={t('duplicates.list')}
              rows={rows}
              columns={columns}
              keyOf={keyOf}
              chosen={chosen}
              onChoose={(id) => {
                set({ pair: id });
              }}
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {total.data &&
              (total.data.is_more
                ? t('duplicates.more_than', { number: number(total.data.count) })
                : t('duplicates.shown', { count: total.data.count }))}
          </ListFoot>
        </Pane>
        <SidePanel label={t('duplicates.panel')} title={t('duplicates.choose')} why={t('duplicates.choose_why')}>
          {pair && (
            <MergePanel
              key={pair.id}
              pair={pair}
              isBusy={act.isPending}
              onMerge={merge}
              onTellApart={() => {
                apart(pair);
              }}
            />
          )}
        </SidePanel>
      </div>
      <MergeList
        isBusy={act.isPending}
        onTakeApart={(id) => {
          act.mutate(() => takeApart(id));
        }}
      />
      {undo && (
        <UndoToast
          key={undo.key}
          text={undo.text}
          onUndo={() => {
            act.mutate(undo.act);
            setUndo(null);
          }}
          onDone={() => {
            setUndo(null);
          }}
        />
      )}
    </>
  );
}
