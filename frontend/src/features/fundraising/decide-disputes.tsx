import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dispute, RecipientKept } from '@/api/shapes';
import { dated, instant, money, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { useNow } from '@/lib/use-now';
import type { Column } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { answerDispute, DECIDED, disputesQuery } from './decide-api';
import { type Decided, DecideList } from './decide-list';
import { WordsForm } from './words-form';
import { Fact } from './fact';

/** The reasons of banks that we have words for. */
const REASONS = [
  'fraudulent',
  'unrecognized',
  'duplicate',
  'subscription_canceled',
  'credit_not_processed',
  'debit_not_authorized',
  'insufficient_funds',
  'incorrect_account_details',
  'general',
] as const;

const keyOf = (row: Dispute) => row.id;

/** Donations that banks take back or ask about: answered once, before the bank's day. */
export function DecideDisputes({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get } = useFilters();
  const stand = DECIDED.find((name) => name === get('stand')) ?? 'waiting';
  const list = useInfiniteQuery(disputesQuery(recipient.code, stand));
  const columns = useMemo<Column<Dispute>[]>(
    () => [
      { name: 'name', word: t('column.name'), isHead: true, cell: (row) => row.donor || t('unnamed') },
      {
        name: 'due',
        word: t(stand === 'waiting' ? 'decide.answer_by' : 'decide.opened_on'),
        isUnderName: true,
        cell: (row) => (
          <Raised text={stand === 'waiting' && row.due_at ? instant(row.due_at) : shortDay(row.opened_at)} />
        ),
      },
      {
        name: 'amount',
        word: t('column.amount'),
        isNumber: true,
        cell: (row) => <b>{money(row.amount, recipient.currency)}</b>,
      },
      { name: 'state', word: t('column.state'), cell: (row) => t(`decide.dispute_state.${stateOf(row)}`) },
    ],
    [t, stand, recipient.currency],
  );
  return (
    <DecideList
      title={t('decide.title_disputes')}
      list={list}
      columns={columns}
      keyOf={keyOf}
      stands={DECIDED.map((name) => ({ name, word: t(`decide.dispute_stand_${name}`) }))}
      why={t('decide.none_disputes')}
      panel={(row, onDecided) => <Card recipient={recipient} dispute={row} onDecided={onDecided} />}
    />
  );
}

/** What was written and the bank does not have yet is on its way. */
const stateOf = ({ state, evidence }: Dispute) => (state === 'needs_response' && evidence ? 'sent' : state);

interface CardProps {
  recipient: RecipientKept;
  dispute: Dispute;
  onDecided: (decided: Decided) => void;
}

function Card({ recipient, dispute, onDecided }: CardProps) {
  const { t } = useTranslation('money');
  const now = useNow();
  const amount = money(dispute.amount, recipient.currency);
  const name = dispute.donor || t('unnamed');
  const answer = useMutation({
    mutationFn: (evidence: string) => answerDispute(dispute.id, evidence),
    onSuccess: () => {
      onDecided({ text: t('decide.answered', { amount, name }) });
    },
  });
  const reason = REASONS.find((each) => each === dispute.reason);
  const isLate = dispute.due_at !== null && Date.parse(dispute.due_at) <= now;
  const isOpen = dispute.state === 'needs_response' && !dispute.evidence;
  return (
    <>
      <h2>{t('decide.of', { amount, name })}</h2>
      <p>{reason ? t(`decide.reason.${reason}`) : t('decide.reason_code', { code: dispute.reason })}</p>
      <p>{t(dispute.is_inquiry ? 'decide.inquiry' : 'decide.taken_back')}</p>
      <dl className="facts wide">
        <Fact name={t('column.state')}>{t(`decide.dispute_state.${stateOf(dispute)}`)}</Fact>
        {dispute.due_at && (
          <Fact name={t('decide.answer_by')}>
            <Raised text={instant(dispute.due_at)} />
          </Fact>
        )}
        <Fact name={t('decide.opened_on')}>
          <Raised text={dated(dispute.opened_at)} />
        </Fact>
        {dispute.settled_at && (
          <Fact name={t('decide.given_on')}>
            <Raised text={instant(dispute.settled_at)} />
          </Fact>
        )}
        {dispute.method && <Fact name={t('column.method')}>{t(`method.${dispute.method}`)}</Fact>}
      </dl>
      {dispute.donation && (
        <p>
          <Link to={`/desk/money/donations?fund=${recipient.code}&donation=${dispute.donation}`}>
            {t('decide.see_donation')}
          </Link>
        </p>
      )}
      {dispute.evidence && (
        <section className="panel-section">
          <h3>{t('decide.our_answer')}</h3>
          <blockquote className="quote spoken">{dispute.evidence}</blockquote>
        </section>
      )}
      {isOpen && (
        <section className="panel-section">
          <h3>{t('decide.what_to_do')}</h3>
          {isLate ? (
            <p>{t('decide.too_late')}</p>
          ) : (
            <WordsForm
              label={t('decide.evidence')}
              hint={t('decide.evidence_why')}
              word={t('decide.answer')}
              rows={7}
              most={10_000}
              name="evidence"
              act={answer}
            />
          )}
        </section>
      )}
    </>
  );
}
