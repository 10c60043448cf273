import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LedgerRow } from '@/api/shapes';
import { isFound } from '@/lib/fold';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { NarrowBy } from '@/ui/narrow-by';
import { Pane } from '@/ui/pane';
import { SidePanel } from '@/ui/side-panel';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { ledgerQueries, subjectsQuery } from './ledger-api';
import { LEDGER_STATES, stateOf } from './ledger-states';
import { MpPanel } from './mp-panel';
import { MP_SORTS, type MpSort, MpsTable } from './mps-table';
import { RatesPane } from './rates-pane';
import { RegisterPane } from './register-pane';
import { StanceCounts } from './stance-counts';
import { SubjectsPane } from './subjects-pane';
import { VotesPane } from './votes-pane';

const ONLY = ['convinced', 'disputed'] as const;

/** From the first to the last in a column; what stands level goes by the seat. */
function compare(sort: MpSort, a: LedgerRow, b: LedgerRow): number {
  const by: Record<MpSort, number> = {
    seat: 0,
    name: a.office_holder.family_name.localeCompare(b.office_holder.family_name),
    group: (a.group?.abbreviation ?? '\uffff').localeCompare(b.group?.abbreviation ?? '\uffff'),
    stance: LEDGER_STATES.indexOf(stateOf(a)) - LEDGER_STATES.indexOf(stateOf(b)),
    said: (b.said_on ?? '').localeCompare(a.said_on ?? ''),
  };
  return by[sort] || a.seat.code.localeCompare(b.seat.code);
}

/** Where everybody who sits stands on a subject, and from what we know it: counts that filter, a table, one panel. */
export function MpsDesk() {
  const { t } = useTranslation('advocacy');
  const { get, set, toggle } = useFilters();
  const subjects = useQuery(subjectsQuery);
  const all = subjects.data?.items ?? [];
  const subject = all.find(({ id }) => id === get('subject')) ?? all.find(({ closed_at }) => !closed_at) ?? all[0];
  const ledger = useQuery({ ...ledgerQueries.of(subject?.id ?? ''), enabled: Boolean(subject) });
  const state = LEDGER_STATES.find((name) => name === get('state')) ?? '';
  const only = ONLY.find((name) => name === get('only')) ?? '';
  const query = get('q');
  const sort = MP_SORTS.find((name) => name === get('sort')) ?? 'seat';
  const chosen = get('mp') || null;
  const rows = useMemo(() => ledger.data?.items ?? [], [ledger.data]);
  const shown = useMemo(
    () =>
      rows
        .filter((row) => !state || stateOf(row) === state)
        .filter((row) => !only || (only === 'convinced' ? row.is_convinced : row.is_disputed))
        .filter((row) =>
          isFound(
            `${row.office_holder.full_name} ${row.seat.name} ${row.seat.code} ${row.group?.abbreviation ?? ''} ${row.group?.name ?? ''}`,
            query,
          ),
        )
        .sort((a, b) => compare(sort, a, b)),
    [rows, state, only, query, sort],
  );
  const choose = useCallback(
    (id: string) => {
      set({ mp: id });
    },
    [set],
  );
  const row = rows.find(({ office_holder }) => office_holder.id === chosen);
  const label = t('shown', { count: shown.length });

  if (subjects.isPending) return <Skeleton lines={12} />;
  if (subjects.isError) return <Trouble error={subjects.error} retry={() => void subjects.refetch()} />;
  const { abilities } = subjects.data;
  return (
    <>
      <DeskHead title={t('title')} lead={t('lead')} />
      {!subject && (
        <Blank title={t('no_subject')} isPage>
          <p>{t('no_subject_why')}</p>
          {!abilities.open && <p>{t('no_subject_wait')}</p>}
        </Blank>
      )}
      {subject && (
        <>
          <div className="filters people-narrow">
            <NarrowBy
              label={t('subject')}
              any={t('subject')}
              value={subject.id}
              options={all.map(({ id, title, closed_at }) => [id, closed_at ? `${title} (${t('closed_on')})` : title])}
              onChange={(id) => {
                set({ subject: id, mp: null, vote: null });
              }}
            />
            <p className="muted">{subject.decision}</p>
          </div>
          {ledger.data && (
            <StanceCounts
              counts={ledger.data.counts}
              total={rows.length}
              state={state}
              onState={(name) => {
                toggle('state', name);
              }}
            />
          )}
          <Filters
            label={t('search')}
            query={query}
            onQuery={(q) => {
              set({ q });
            }}
            chips={ONLY.map((name) => ({
              name,
              content: (
                <>
                  {t(`only_${name}`)} <small>{number(ledger.data?.counts[name] ?? 0)}</small>
                </>
              ),
            }))}
            pressed={only}
            onPress={(name) => {
              toggle('only', name);
            }}
          />
          <div className="duo">
            <Pane title={label}>
              <ListBody
                list={ledger}
                blank={
                  shown.length === 0 && (
                    <Blank title={t('none')}>
                      <p>{t('none_why')}</p>
                      <button
                        type="button"
                        className="button line"
                        onClick={() => {
                          set({ q: null, state: null, only: null });
                        }}
                      >
                        {t('all')}
                      </button>
                    </Blank>
                  )
                }
              >
                <MpsTable
                  label={label}
                  rows={shown}
                  sort={sort}
                  onSort={(name) => {
                    set({ sort: name });
                  }}
                  chosen={chosen}
                  onChoose={choose}
                />
              </ListBody>
              <ListFoot keys="walk">
                {ledger.data && t('of', { count: shown.length, total: number(rows.length) })}
              </ListFoot>
            </Pane>
            <SidePanel label={t('panel')} title={t('choose')} why={t('choose_why')} isWalked>
              {row && <MpPanel key={row.office_holder.id} row={row} subject={subject.id} />}
            </SidePanel>
          </div>
          <VotesPane subject={subject} mayTie={abilities.open} />
        </>
      )}
      <RatesPane />
      {abilities.open && <RegisterPane />}
      <SubjectsPane subjects={all} mayOpen={abilities.open} />
    </>
  );
}
