import { type InfiniteData, useMutation, useQueryClient, type UseInfiniteQueryResult } from '@tanstack/react-query';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import { decideKey } from './decide-api';
import { treasuryQuery } from './treasury-api';

/** What was decided, and how it is taken back where that is possible. */
export interface Decided {
  text: string;
  undo?: () => Promise<unknown>;
}

interface Props<Row> {
  title: string;
  list: UseInfiniteQueryResult<InfiniteData<{ items: Row[]; next: string | null }>>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** How rows may stand; the first is what waits. */
  stands: readonly { name: string; word: string }[];
  /** Said where nothing waits. */
  why: string;
  panel: (row: Row, onDecided: (decided: Decided) => void) => ReactNode;
}

/** Things of one kind that wait for the treasurer's word, or did; the chosen one is decided beside the list. */
export function DecideList<Row>({ title, list, columns, keyOf, stands, why, panel }: Props<Row>) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const queries = useQueryClient();
  const [decided, setDecided] = useState<Decided>();
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const first = stands[0]?.name;
  const stand = stands.find(({ name }) => name === get('stand'))?.name ?? first;
  const chosen = rows.find((row) => keyOf(row) === get('one'));
  const again = () =>
    Promise.all(
      [decideKey, treasuryQuery.queryKey].map((queryKey) => queries.invalidateQueries({ queryKey: [...queryKey] })),
    );
  const undo = useMutation({
    mutationFn: (undone: () => Promise<unknown>) => undone(),
    onSuccess: () => {
      setDecided({ text: t('decide.undone') });
      return again();
    },
  });
  return (
    <>
      <div className="filters" role="group" aria-label={t('decide.which')}>
        {stands.map(({ name, word }) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={name === stand}
            onClick={() => {
              setDecided(undefined);
              set({ stand: name === first ? null : name, one: null });
            }}
          >
            {word}
          </button>
        ))}
      </div>
      <p className={decided ? 'notice is-good' : 'sr-only'} role="status">
        {decided?.text}{' '}
        {decided?.undo && (
          <button
            type="button"
            className="button bare"
            disabled={undo.isPending}
            onClick={() => {
              if (decided.undo) undo.mutate(decided.undo);
            }}
          >
            {t('decide.undo')}
          </button>
        )}
      </p>
      {undo.isError && <Trouble error={undo.error} />}
      <div className="duo">
        <Pane title={title}>
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t(stand === first ? 'decide.none' : 'decide.none_so')}>
                  <p>{why}</p>
                </Blank>
              )
            }
          >
            <ListTable
              label={title}
              rows={rows}
              columns={columns}
              keyOf={keyOf}
              chosen={get('one') || null}
              onChoose={(key) => {
                set({ one: key });
              }}
              isTall
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {t('decide.count', { count: rows.length, number: number(rows.length) })}
          </ListFoot>
        </Pane>
        <SidePanel label={t('decide.panel')} title={t('decide.choose')} why={t('decide.choose_why')} isWalked>
          {chosen && (
            <div className="pane-body" key={keyOf(chosen)}>
              {panel(chosen, (done) => {
                setDecided(done);
                set({ one: null });
                void again();
              })}
            </div>
          )}
        </SidePanel>
      </div>
    </>
  );
}
