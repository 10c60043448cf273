import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Network } from '@/api/shapes';
import { number } from '@/lib/format';
import { saveFile } from '@/lib/save-file';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { SidePanel } from '@/ui/side-panel';
import { Trouble } from '@/ui/trouble';
import { exportFilling, type FillingFilters, fillingQueries } from './filling-api';
import { FILLING_FILTERS, FillingNarrow } from './filling-filters';
import { FillingPanel } from './filling-panel';
import { FillingSpread } from './filling-spread';
import { FILLING_SORTS, FillingTable } from './filling-table';

const WHOSE = ['mine', 'nobody', 'others'] as const;
const MOST_AT_ONCE = 50;

/** The seats of my places that look for somebody: whose work each is, what was tried, who could be asked. */
export function FillingDesk({ network }: { network: Network }) {
  const { t } = useTranslation('organiser');
  const { get, set, toggle } = useFilters();
  const query = get('q');
  const settled = useDebounced(query);
  const sort = FILLING_SORTS.find((name) => name === get('sort')) ?? 'since';
  const whose = WHOSE.find((name) => name === get('whose')) ?? '';
  const kept = Object.fromEntries(FILLING_FILTERS.flatMap((name) => (get(name) ? [[name, get(name)]] : [])));
  const filters = {
    network: network.id,
    ...kept,
    ...(whose ? { whose } : {}),
    ...(settled.trim() ? { q: settled.trim() } : {}),
  } as Omit<FillingFilters, 'sort'>;
  const asked = { ...filters, sort } as FillingFilters;
  const list = useInfiniteQuery({ ...fillingQueries.list(asked), placeholderData: keepPreviousData });
  const total = useQuery({ ...fillingQueries.count(filters), placeholderData: keepPreviousData });
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const chosen = get('seat') || null;
  const [isSpreading, setSpreading] = useState(false);
  const take = useMutation({
    mutationFn: exportFilling,
    onSuccess: (file) => {
      saveFile(file, 'seats-to-fill.csv');
    },
  });
  const isNarrowed = Boolean(query || whose || Object.keys(kept).length > 0);
  const count = total.data?.count;
  return (
    <>
      <DeskHead
        title={count === undefined ? t('room.filling') : t('filling.title', { count, shown: number(count) })}
        lead={t('filling.lead')}
      >
        <button
          type="button"
          className="button line"
          disabled={rows.length === 0}
          onClick={() => {
            setSpreading(true);
          }}
        >
          {t('filling.spread_open')}
        </button>
        <button
          type="button"
          className="button line"
          disabled={take.isPending}
          onClick={() => {
            take.mutate(asked);
          }}
        >
          {t('filling.export')}
        </button>
      </DeskHead>
      {take.isError && <Trouble error={take.error} />}
      <Filters
        label={t('filling.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
        chips={WHOSE.map((name) => ({ name, content: t(`filling.whose_${name}`) }))}
        pressed={whose}
        onPress={(name) => {
          toggle('whose', name);
        }}
      />
      <FillingNarrow get={get} set={set} />
      <div className="duo">
        <Pane title={t('filling.list')} note={t(`filling.sorted_${sort}`)}>
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t(isNarrowed ? 'filling.none_found' : 'filling.none')}>
                  <p>{t(isNarrowed ? 'filling.none_found_why' : 'filling.none_why')}</p>
                  {isNarrowed && (
                    <button
                      type="button"
                      className="button line"
                      onClick={() => {
                        set({
                          q: null,
                          whose: null,
                          ...Object.fromEntries(FILLING_FILTERS.map((name) => [name, null])),
                        });
                      }}
                    >
                      {t('filling.all')}
                    </button>
                  )}
                </Blank>
              )
            }
          >
            <FillingTable
              label={t('filling.list')}
              rows={rows}
              sort={sort}
              onSort={(name) => {
                set({ sort: name });
              }}
              chosen={chosen}
              onChoose={(id) => {
                set({ seat: id });
              }}
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {list.data && t('filling.shown', { count: rows.length, total: number(count ?? rows.length) })}
          </ListFoot>
        </Pane>
        <SidePanel label={t('filling.panel')} title={t('filling.choose')} why={t('filling.choose_why')} isWalked>
          {chosen && <FillingPanel key={chosen} id={chosen} />}
        </SidePanel>
      </div>
      {isSpreading && (
        <FillingSpread
          seats={rows.slice(0, MOST_AT_ONCE).map((row) => row.id)}
          onClose={() => {
            setSpreading(false);
          }}
        />
      )}
    </>
  );
}
