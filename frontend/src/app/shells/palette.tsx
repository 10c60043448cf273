import { useQueries, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Autocomplete, Header, Input, ListBox, ListBoxItem, ListBoxSection, SearchField } from 'react-aria-components';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { meQuery } from '@/entities/person/me';
import { actionQueries } from '@/features/actions/api';
import { networkQueries } from '@/features/relays/api';
import { fold, isFound } from '@/lib/fold';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';

interface Item {
  id: string;
  name: string;
  note?: string;
}

const MOST = 8;

/** Ctrl K: everything by its name, from the keyboard: screens, seats, actions. */
export function Palette({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('organiser');
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const { data: me } = useQuery(meQuery);
  const mayOrganise = Boolean(me?.abilities.organise);
  const mayAdminister = Boolean(me?.abilities.administer);
  const networks = useQuery(networkQueries.list);
  const all = networks.data?.items ?? [];
  const seats = useQueries({
    queries: all.map(({ id }) => ({
      ...networkQueries.seats(id),
      enabled: mayOrganise,
      refetchInterval: false as const,
    })),
    combine: (found) =>
      found.flatMap(({ data }, at) =>
        (data?.items ?? []).map((seat) => ({ ...seat, network: all.length > 1 ? all[at] : undefined })),
      ),
  });
  const actions = useQuery(actionQueries.list);

  const wanted = fold(query);
  const matches = (name: string) => isFound(name, query);
  const sections: { key: 'screens' | 'actions' | 'seats'; items: Item[] }[] = [
    {
      key: 'screens',
      items: [
        ...(mayOrganise
          ? [
              { id: '/desk/seats', name: t('room.seats') },
              { id: '/desk/seats?state=vacant', name: t('palette.vacant') },
              { id: '/desk/filling', name: t('room.filling') },
              { id: '/desk/filling?whose=mine', name: t('palette.my_filling') },
              { id: '/desk/applications', name: t('room.applications') },
              { id: '/desk/care', name: t('room.care') },
              { id: '/desk/hand-overs', name: t('room.hand_overs') },
              { id: '/desk/actions', name: t('room.actions') },
              { id: '/desk/actions/new', name: t('actions.new') },
              { id: '/desk/actions/calendar', name: t('calendar.title') },
              { id: '/desk/mps', name: t('room.mps') },
              { id: '/desk/people', name: t('room.people') },
              { id: '/desk/insights', name: t('room.insights') },
            ]
          : []),
        ...(me?.abilities.keep_books || me?.abilities.organise
          ? [{ id: '/desk/money/figures', name: t('room.figures') }]
          : []),
        ...(me?.abilities.keep_books
          ? [
              { id: '/desk/money/donations', name: t('room.donations') },
              { id: '/desk/money/decide', name: t('room.decide') },
              { id: '/desk/money/monthly', name: t('room.monthly') },
              { id: '/desk/money/batches', name: t('room.batches') },
              { id: '/desk/money/bank', name: t('room.bank') },
              { id: '/desk/money/payouts', name: t('room.payouts') },
              { id: '/desk/money/books', name: t('room.books') },
              { id: '/desk/money/books/journal', name: t('palette.journal') },
            ]
          : []),
        ...(me?.abilities.moderate ? [{ id: '/desk/money/pages', name: t('room.pages') }] : []),
        ...(mayAdminister
          ? [
              { id: '/desk/settings', name: t('room.settings') },
              { id: '/desk/roles', name: t('room.roles') },
              { id: '/desk/money/funds', name: t('room.funds') },
            ]
          : []),
        { id: '/today', name: t('palette.member') },
      ].filter((item) => matches(item.name)),
    },
    {
      key: 'actions',
      items: (actions.data?.items ?? [])
        .map((action) => ({
          id: action.abilities.see_board ? `/desk/actions/${action.id}/board` : `/desk/actions/${action.id}`,
          name: action.title,
          note: t(`actions.status_${action.status}`),
        }))
        .filter((item) => matches(item.name))
        .slice(0, MOST),
    },
    {
      key: 'seats',
      items: wanted
        ? seats
            .filter((seat) => matches(seat.name) || seat.code.toLowerCase().startsWith(wanted))
            .slice(0, MOST)
            .map((seat) => ({
              id: seat.network
                ? `/desk/seats?network=${seat.network.slug}&seat=${seat.code}`
                : `/desk/seats?seat=${seat.code}`,
              name: seat.name,
              note: [seat.network?.name, t(`common:seat.${seat.state}`)].filter(Boolean).join(', '),
            }))
        : [],
    },
  ];
  const filled = sections.filter((section) => section.items.length > 0);

  return (
    <Dialog title={t('palette.title')} onClose={onClose} className="palette">
      <Autocomplete inputValue={query} onInputChange={setQuery}>
        <SearchField aria-label={t('palette.open')} autoFocus>
          <Input className="input" placeholder={t('palette.open')} />
        </SearchField>
        <ListBox
          aria-label={t('palette.title')}
          selectionMode="none"
          onAction={(key) => {
            onClose();
            void navigate(String(key));
          }}
          renderEmptyState={() => <p className="muted">{t('palette.none')}</p>}
        >
          {filled.map((section) => (
            <ListBoxSection key={section.key} id={section.key}>
              <Header>{t(`palette.${section.key}`)}</Header>
              {section.items.map((item) => (
                <ListBoxItem key={item.id} id={item.id} textValue={item.name}>
                  <span>
                    <Raised text={item.name} />
                  </span>
                  {item.note && <small>{item.note}</small>}
                </ListBoxItem>
              ))}
            </ListBoxSection>
          ))}
        </ListBox>
      </Autocomplete>
    </Dialog>
  );
}
