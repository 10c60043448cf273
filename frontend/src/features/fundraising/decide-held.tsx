import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HeldCard, RecipientKept } from '@/api/shapes';
import { instant, money, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import type { Column } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { DECIDED, heldQuery, refuseHeld, takeHeld } from './decide-api';
import { type Decided, DecideList } from './decide-list';
import { WordsForm } from './words-form';
import { Fact } from './fact';

const keyOf = (row: HeldCard) => row.donation ?? '';

/** Cards of companies, prepaid or foreign ones: granted by their bank, taken only by the treasurer's word. */
export function DecideHeld({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get } = useFilters();
  const stand = DECIDED.find((name) => name === get('stand')) ?? 'waiting';
  const list = useInfiniteQuery(heldQuery(recipient.code, stand));
  const columns = useMemo<Column<HeldCard>[]>(
    () => [
      { name: 'name', word: t('column.name'), isHead: true, cell: (row) => row.donor || t('unnamed') },
      {
        name: 'until',
        word: t(stand === 'waiting' ? 'decide.until' : 'decide.decided_on'),
        isUnderName: true,
        cell: (row) => (
          <Raised text={stand === 'waiting' ? instant(row.given_up_at) : shortDay(row.decided_at ?? row.held_at)} />
        ),
      },
      {
        name: 'amount',
        word: t('column.amount'),
        isNumber: true,
        cell: (row) => <b>{money(row.amount, recipient.currency)}</b>,
      },
      {
        name: 'why',
        word: t(stand === 'waiting' ? 'decide.why_held' : 'column.state'),
        cell: (row) => t(stand === 'waiting' ? `decide.held_short.${row.reason}` : `decide.outcome.${row.outcome}`),
      },
    ],
    [t, stand, recipient.currency],
  );
  return (
    <DecideList
      title={t('decide.title_held')}
      list={list}
      columns={columns}
      keyOf={keyOf}
      stands={DECIDED.map((name) => ({ name, word: t(`decide.stand_${name}`) }))}
      why={t('decide.none_held')}
      panel={(row, onDecided) => <Card recipient={recipient} card={row} onDecided={onDecided} />}
    />
  );
}

interface CardProps {
  recipient: RecipientKept;
  card: HeldCard;
  onDecided: (decided: Decided) => void;
}

function Card({ recipient, card, onDecided }: CardProps) {
  const { t } = useTranslation('money');
  const amount = money(card.amount, recipient.currency);
  const name = card.donor || t('unnamed');
  const id = keyOf(card);
  const take = useMutation({
    mutationFn: () => takeHeld(id),
    onSuccess: ({ state }) => {
      const became = state === 'settled' ? 'taken' : state === 'held' ? 'take_followed' : 'take_failed';
      onDecided({ text: t(`decide.${became}`, { amount, name }) });
    },
  });
  const refuse = useMutation({
    mutationFn: (words: string) => refuseHeld(id, words),
    onSuccess: () => {
      onDecided({ text: t('decide.refused', { amount, name }) });
    },
  });
  return (
    <>
      <h2>{t('decide.of', { amount, name })}</h2>
      <p>{t(`held_for.${card.reason}`)}</p>
      <dl className="facts wide">
        {card.country && <Fact name={t('decide.country')}>{card.country}</Fact>}
        <Fact name={t('decide.since')}>
          <Raised text={instant(card.held_at)} />
        </Fact>
        {card.outcome === 'waiting' ? (
          <Fact name={t('decide.until')}>
            <Raised text={instant(card.given_up_at)} />
          </Fact>
        ) : (
          <Fact name={t('column.state')}>{t(`decide.outcome.${card.outcome}`)}</Fact>
        )}
      </dl>
      <p>
        <Link to={`/desk/money/donations?fund=${recipient.code}&donation=${id}`}>{t('decide.see_donation')}</Link>
      </p>
      {card.words && <blockquote className="quote spoken">{card.words}</blockquote>}
      {card.outcome === 'waiting' && (
        <section className="panel-section">
          <h3>{t('decide.what_to_do')}</h3>
          <p className="hint">{t('decide.held_why')}</p>
          {take.isError && <Trouble error={take.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button"
              disabled={take.isPending || refuse.isPending}
              onClick={() => {
                take.mutate();
              }}
            >
              {t('decide.take', { amount })}
            </button>
          </div>
          <WordsForm
            label={t('decide.refuse_words')}
            hint={t('decide.refuse_why')}
            word={t('decide.refuse')}
            isStop
            name="words"
            act={refuse}
          />
        </section>
      )}
    </>
  );
}
