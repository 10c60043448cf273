import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { NEAR_STATES, type NearIdentity, type NearState } from '@/api/shapes';
import { dated, money, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import type { Column } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { decideNear, nearQuery } from './decide-api';
import { type Decided, DecideList } from './decide-list';
import { Fact } from './fact';

type Side = NearIdentity['sides'][number];

const keyOf = (row: NearIdentity) => row.id;
const nameOf = (side: Side) => `${side.given_name} ${side.family_name}`.trim();

/** Two who may be one person: said so, told apart, and taken back the same way. */
export function DecideNear({ currency }: { currency: string }) {
  const { t } = useTranslation('money');
  const { get } = useFilters();
  const state = NEAR_STATES.find((name) => name === get('stand')) ?? 'open';
  const list = useInfiniteQuery(nearQuery(state));
  const columns = useMemo<Column<NearIdentity>[]>(
    () => [
      {
        name: 'names',
        word: t('decide.pair'),
        isHead: true,
        cell: (row) => row.sides.map((side) => nameOf(side) || t('unnamed')).join(' · '),
      },
      {
        name: 'found',
        word: t('decide.found_on'),
        isUnderName: true,
        cell: (row) => <Raised text={shortDay(row.found_at)} />,
      },
      {
        name: 'given',
        word: t('decide.together'),
        isNumber: true,
        cell: (row) =>
          money(
            row.sides.reduce((sum, { given }) => sum + given, 0),
            currency,
          ),
      },
      { name: 'why', word: t('decide.why_near'), cell: (row) => row.said },
    ],
    [t, currency],
  );
  return (
    <DecideList
      title={t('decide.title_near')}
      list={list}
      columns={columns}
      keyOf={keyOf}
      stands={NEAR_STATES.map((name) => ({ name, word: t(`decide.near_stand_${name}`) }))}
      why={t('decide.none_near')}
      panel={(row, onDecided) => <Card pair={row} currency={currency} onDecided={onDecided} />}
    />
  );
}

interface CardProps {
  pair: NearIdentity;
  currency: string;
  onDecided: (decided: Decided) => void;
}

function Card({ pair, currency, onDecided }: CardProps) {
  const { t } = useTranslation('money');
  const decide = useMutation({
    mutationFn: (state: NearState) => decideNear(pair.id, state),
    onSuccess: (_done, state) => {
      onDecided(
        state === 'open'
          ? { text: t('decide.undone') }
          : { text: t(`decide.near_${state}`), undo: () => decideNear(pair.id, 'open') },
      );
    },
  });
  return (
    <>
      <h2>{t('decide.near_asked')}</h2>
      <p>{pair.said}</p>
      {pair.sides.map((side) => (
        <section key={side.identity} className="panel-section">
          <h3>{nameOf(side) || t('unnamed')}</h3>
          <dl className="facts wide">
            {side.born_on && <Fact name={t('card.born')}>{dated(side.born_on)}</Fact>}
            {side.email && (
              <Fact name={t('card.email')}>
                {side.email} <small>{t(side.is_proved ? 'card.proved' : 'card.unproved')}</small>
              </Fact>
            )}
            {(side.postcode || side.city) && (
              <Fact name={t('card.address')}>{`${side.postcode} ${side.city}`.trim()}</Fact>
            )}
            <Fact name={t('decide.gave')}>{money(side.given, currency)}</Fact>
          </dl>
        </section>
      ))}
      <section className="panel-section">
        <h3>{t('decide.what_to_do')}</h3>
        <p className="hint">{t('decide.near_why')}</p>
        {decide.isError && <Trouble error={decide.error} />}
        <div className="buttons">
          {NEAR_STATES.filter((state) => state !== pair.state).map((state) => (
            <button
              key={state}
              type="button"
              className="button line"
              disabled={decide.isPending}
              onClick={() => {
                decide.mutate(state);
              }}
            >
              {t(`decide.near_do_${state}`)}
            </button>
          ))}
        </div>
      </section>
    </>
  );
}
