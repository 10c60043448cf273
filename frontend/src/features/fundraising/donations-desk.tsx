import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipientKept } from '@/api/shapes';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { number } from '@/lib/format';
import { useDebounced } from '@/lib/use-debounced';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Filters } from '@/ui/filters';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { SidePanel } from '@/ui/side-panel';
import { DONATION_FILTERS, DonationNarrow } from './donation-filters';
import { DonationPanel } from './donation-panel';
import { DONATION_SORTS, DonationTable } from './donation-table';
import { RecipientPage } from './recipient-page';
import { type DonationFilters, donationsCountQuery, donationsQuery, takeDonations } from './treasury-api';

/** Who gave to the recipients that I keep: found, narrowed, read one by one, taken away as a file. */
export function DonationsDesk() {
  return <RecipientPage>{(recipient) => <Donations key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

function Donations({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const query = get('q');
  const settled = useDebounced(query.trim());
  const kept = Object.fromEntries(DONATION_FILTERS.flatMap((name) => (get(name) ? [[name, get(name)]] : [])));
  // A search begins with its second letter.
  const filters: Record<string, string> = { ...kept, ...(settled.length < 2 ? {} : { q: settled }) };
  const asked = filters as DonationFilters;
  const list = useInfiniteQuery({ ...donationsQuery(recipient.code, asked), placeholderData: keepPreviousData });
  const total = useQuery({ ...donationsCountQuery(recipient.code, asked), placeholderData: keepPreviousData }).data;
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const sort = DONATION_SORTS.find((name) => name === get('sort')) ?? 'latest';
  const chosen = get('donation') || null;
  const isNarrowed = Object.keys(filters).some((name) => name !== 'sort');
  const counted =
    total &&
    t(total.is_more ? 'donations.more_than' : 'donations.count', { count: total.count, number: number(total.count) });
  return (
    <>
      <DeskHead title={counted ?? t('donations.title')} lead={t('donations.why', { name: recipient.name })}>
        <ReasonedFile
          word={t('donations.file')}
          said={t('donations.file_why')}
          take={(reason) => takeDonations(recipient.code, { reason, filters })}
          name={`donations-${recipient.code}.csv`}
        />
      </DeskHead>
      <Filters
        label={t('donations.search')}
        query={query}
        onQuery={(q) => {
          set({ q });
        }}
      />
      <DonationNarrow recipient={recipient} get={get} set={set} />
      <div className="duo">
        <Pane title={t('donations.title')}>
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t(isNarrowed ? 'donations.none_found' : 'donations.none')}>
                  <p>{t(isNarrowed ? 'donations.none_found_why' : 'donations.none_why')}</p>
                  {isNarrowed && (
                    <button
                      type="button"
                      className="button line"
                      onClick={() => {
                        set({ q: null, ...Object.fromEntries(DONATION_FILTERS.map((name) => [name, null])) });
                      }}
                    >
                      {t('donations.all')}
                    </button>
                  )}
                </Blank>
              )
            }
          >
            <DonationTable
              label={t('donations.title')}
              rows={rows}
              sort={sort}
              onSort={(name) => {
                set({ sort: name === 'latest' ? null : name });
              }}
              chosen={chosen}
              onChoose={(id) => {
                set({ donation: id });
              }}
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {counted}
          </ListFoot>
        </Pane>
        <SidePanel label={t('card.panel')} title={t('card.choose')} why={t('card.choose_why')} isWalked>
          {chosen ? <DonationPanel key={chosen} id={chosen} /> : null}
        </SidePanel>
      </div>
    </>
  );
}
