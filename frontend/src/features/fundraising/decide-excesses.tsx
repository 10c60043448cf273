import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { type FormEvent, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { asProblem } from '@/api/problem';
import { EXCESS_STATES, type Excess, type RecipientKept } from '@/api/shapes';
import { dated, money, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import type { Column } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { AuthorisationFields, NOTHING_SAID } from './authorisation-fields';
import { authoriseExcess, dismissExcess, excessesQuery, undoExcess } from './decide-api';
import { type Decided, DecideList } from './decide-list';
import { WordsForm } from './words-form';
import { Fact } from './fact';

const keyOf = (row: Excess) => row.id;
const nameOf = (row: Excess) => `${row.given_name} ${row.family_name}`.trim();

/** What one person gave beyond the law's cap: it goes back with the agent's authorisation, or stays for a reason. */
export function DecideExcesses({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get } = useFilters();
  const state = EXCESS_STATES.find((name) => name === get('stand')) ?? 'found';
  const list = useInfiniteQuery(excessesQuery(recipient.code, state));
  const columns = useMemo<Column<Excess>[]>(
    () => [
      { name: 'name', word: t('column.name'), isHead: true, cell: (row) => nameOf(row) || t('unnamed') },
      {
        name: 'found',
        word: t('decide.found_on'),
        isUnderName: true,
        cell: (row) => <Raised text={shortDay(row.found_at)} />,
      },
      {
        name: 'cents',
        word: t('decide.beyond'),
        isNumber: true,
        cell: (row) => <b>{money(row.cents, row.currency)}</b>,
      },
      { name: 'amount', word: t('decide.of_donation'), isNumber: true, cell: (row) => money(row.amount, row.currency) },
    ],
    [t],
  );
  return (
    <DecideList
      title={t('decide.title_excesses')}
      list={list}
      columns={columns}
      keyOf={keyOf}
      stands={EXCESS_STATES.map((name) => ({ name, word: t(`decide.excess_stand_${name}`) }))}
      why={t('decide.none_excesses')}
      panel={(row, onDecided) => <Card excess={row} onDecided={onDecided} />}
    />
  );
}

interface CardProps {
  excess: Excess;
  onDecided: (decided: Decided) => void;
}

function Card({ excess, onDecided }: CardProps) {
  const { t } = useTranslation('money');
  const amount = money(excess.cents, excess.currency);
  const name = nameOf(excess) || t('unnamed');
  const undone = () => undoExcess(excess.id);
  const dismiss = useMutation({
    mutationFn: (reason: string) => dismissExcess(excess.id, reason),
    onSuccess: () => {
      onDecided({ text: t('decide.dismissed', { amount, name }), undo: undone });
    },
  });
  const undo = useMutation({
    mutationFn: undone,
    onSuccess: () => {
      onDecided({ text: t('decide.undone') });
    },
  });
  const donation = `/desk/money/donations?fund=${excess.fund}&donation=${excess.donation}`;
  return (
    <>
      <h2>{t('decide.excess_of', { amount, name })}</h2>
      <p>{excess.said}</p>
      <dl className="facts wide">
        <Fact name={t('decide.of_donation')}>
          <Raised
            text={t('decide.donation_of', {
              amount: money(excess.amount, excess.currency),
              day: dated(excess.settled_at),
            })}
          />
        </Fact>
        {excess.refunded > 0 && <Fact name={t('back.title')}>{money(excess.refunded, excess.currency)}</Fact>}
        {excess.born_on && <Fact name={t('card.born')}>{dated(excess.born_on)}</Fact>}
        {excess.email && (
          <Fact name={t('card.email')}>
            {excess.email} <small>{t(excess.is_proved ? 'card.proved' : 'card.unproved')}</small>
          </Fact>
        )}
      </dl>
      <p>
        <Link to={donation}>{t('decide.see_donation')}</Link>
      </p>
      {excess.reason && <blockquote className="quote spoken">{excess.reason}</blockquote>}
      {excess.state === 'found' && (
        <section className="panel-section">
          <h3>{t('decide.goes_back')}</h3>
          <Authorise excess={excess} name={name} onDecided={onDecided} />
        </section>
      )}
      {excess.state === 'found' && (
        <section className="panel-section">
          <h3>{t('decide.stays')}</h3>
          <WordsForm
            label={t('decide.stays_reason')}
            hint={t('decide.stays_why')}
            word={t('decide.let_stay', { amount })}
            name="reason"
            most={2000}
            act={dismiss}
          />
        </section>
      )}
      {(excess.state === 'authorised' || excess.state === 'dismissed') && (
        <section className="panel-section">
          <h3>{t('decide.what_to_do')}</h3>
          {excess.state === 'authorised' && (
            <p>
              {t('decide.authorised_next')} <Link to={donation}>{t('decide.give_back_now', { amount })}</Link>
            </p>
          )}
          {undo.isError && <Trouble error={undo.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              disabled={undo.isPending}
              onClick={() => {
                undo.mutate();
              }}
            >
              {t('decide.undo_decision')}
            </button>
          </div>
        </section>
      )}
    </>
  );
}

function Authorise({ excess, name, onDecided }: CardProps & { name: string }) {
  const { t } = useTranslation('money');
  const [said, setSaid] = useState(NOTHING_SAID);
  const amount = money(excess.cents, excess.currency);
  const authorise = useMutation({
    mutationFn: () => authoriseExcess(excess.id, said),
    onSuccess: () => {
      onDecided({ text: t('decide.excess_authorised', { amount, name }), undo: () => undoExcess(excess.id) });
    },
  });
  const wrong = authorise.isError ? asProblem(authorise.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    authorise.mutate();
  }
  return (
    <form className="fields" onSubmit={onSubmit} noValidate>
      <p className="hint">{t('decide.goes_back_why')}</p>
      <AuthorisationFields said={said} wrong={wrong} onChange={setSaid} />
      {authorise.isError && Object.keys(wrong).length === 0 && (
        <Trouble error={authorise.error} kept={t('fund.kept')} />
      )}
      <div className="buttons">
        <button
          type="submit"
          className="button"
          disabled={authorise.isPending || Object.values(said).some((each) => !each.trim())}
        >
          {t('decide.authorise_excess', { amount })}
        </button>
      </div>
    </form>
  );
}
