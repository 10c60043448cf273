import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { MONTHLY_STATES, type MonthlyDonation, type MonthlyState, type RecipientKept } from '@/api/shapes';
import { dated, money, number, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { SidePanel } from '@/ui/side-panel';
import { Fact } from './fact';
import { monthlyKey, monthlyQuery, stopMonthly } from './monthly-api';
import { RecipientPage } from './recipient-page';
import { WordsForm } from './words-form';

/** The swatch of each state: ink while money comes, warm where a donor is waited for. */
const SWATCH: Record<MonthlyState, string> = {
  active: 'is-filled',
  starting: 'is-applied',
  failing: 'is-vacant',
  paused: 'is-stand_in',
  stopped: 'is-dormant',
};

/** Who gives each month to the recipients that I keep, where each donation stands, and its end when the donor asks for it. */
export function MonthlyDesk() {
  return <RecipientPage>{(recipient) => <Monthly key={recipient.code} recipient={recipient} />}</RecipientPage>;
}

const keyOf = (row: MonthlyDonation) => row.id;
const nameOf = (row: MonthlyDonation) => `${row.given_name} ${row.family_name}`.trim();

function Monthly({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const [told, setTold] = useState('');
  const state = MONTHLY_STATES.find((name) => name === get('state')) ?? '';
  const list = useInfiniteQuery(monthlyQuery(recipient.code, state));
  const rows = useMemo(() => (list.data?.pages ?? []).flatMap((page) => page.items), [list.data]);
  const chosen = rows.find(({ id }) => id === get('monthly'));
  const columns = useMemo<Column<MonthlyDonation>[]>(
    () => [
      { name: 'name', word: t('column.name'), isHead: true, cell: (row) => nameOf(row) || t('unnamed') },
      {
        name: 'since',
        word: t('decide.since'),
        isUnderName: true,
        cell: (row) => (
          <time dateTime={row.created_at}>
            <Raised text={dated(row.created_at)} />
          </time>
        ),
      },
      {
        name: 'amount',
        word: t('column.amount'),
        isNumber: true,
        cell: (row) => (
          <>
            <b>{money(row.amount, row.currency)}</b> {t('each_month')}
          </>
        ),
      },
      { name: 'state', word: t('column.state'), cell: (row) => <State state={row.state} /> },
      {
        name: 'next',
        word: t('monthly.next'),
        cell: (row) => {
          const day = row.retry_on ?? row.next_on;
          return day && row.state !== 'stopped' && <Raised text={shortDay(day)} />;
        },
      },
    ],
    [t],
  );
  return (
    <>
      <DeskHead title={t('monthly.title')} lead={t('monthly.why', { name: recipient.name })} />
      <div className="filters" role="group" aria-label={t('by.state')}>
        {(['', ...MONTHLY_STATES] as const).map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={name === state}
            onClick={() => {
              setTold('');
              set({ state: name || null, monthly: null });
            }}
          >
            {name ? t(`monthly.state.${name}`) : t('by.any')}
          </button>
        ))}
      </div>
      <p className={told ? 'notice is-good' : 'sr-only'} role="status">
        {told}
      </p>
      <div className="duo">
        <Pane title={t('monthly.title')}>
          <ListBody
            list={list}
            blank={
              rows.length === 0 && (
                <Blank title={t(state ? 'monthly.none_so' : 'monthly.none')}>
                  <p>{t(state ? 'monthly.none_so_why' : 'monthly.none_why')}</p>
                </Blank>
              )
            }
          >
            <ListTable
              label={t('monthly.title')}
              rows={rows}
              columns={columns}
              keyOf={keyOf}
              chosen={get('monthly') || null}
              onChoose={(id) => {
                set({ monthly: id });
              }}
              isTall
            />
          </ListBody>
          <ListFoot keys="walk" more={list}>
            {t(list.hasNextPage ? 'monthly.count_so_far' : 'monthly.count', {
              count: rows.length,
              number: number(rows.length),
            })}
          </ListFoot>
        </Pane>
        <SidePanel label={t('monthly.panel')} title={t('monthly.choose')} why={t('monthly.choose_why')} isWalked>
          {chosen && <Card key={chosen.id} code={recipient.code} donation={chosen} onStopped={setTold} />}
        </SidePanel>
      </div>
    </>
  );
}

function State({ state }: { state: MonthlyState }) {
  const { t } = useTranslation('money');
  return <span className={`state ${SWATCH[state]}`}>{t(`monthly.state.${state}`)}</span>;
}

interface CardProps {
  code: string;
  donation: MonthlyDonation;
  onStopped: (told: string) => void;
}

function Card({ code, donation, onStopped }: CardProps) {
  const { t } = useTranslation('money');
  const queries = useQueryClient();
  const amount = money(donation.amount, donation.currency);
  const name = nameOf(donation) || t('unnamed');
  const stop = useMutation({
    mutationFn: (reason: string) => stopMonthly(donation.id, reason),
    onSuccess: () => {
      onStopped(t('monthly.stopped', { amount, name }));
      return queries.invalidateQueries({ queryKey: monthlyKey(code) });
    },
  });
  return (
    <div className="pane-body">
      <h2>{t('monthly.of', { amount, name })}</h2>
      <p>
        <State state={donation.state} />
      </p>
      <p>{t(`monthly.about.${donation.state}`)}</p>
      <dl className="facts wide">
        <Fact name={t('decide.since')}>
          <Raised text={dated(donation.created_at)} />
        </Fact>
        <Fact name={t('monthly.day')}>{donation.day}</Fact>
        {donation.method && <Fact name={t('column.method')}>{t(`method.${donation.method}`)}</Fact>}
        {donation.state !== 'stopped' && donation.next_on && (
          <Fact name={t('monthly.next')}>
            <Raised text={dated(donation.next_on)} />
          </Fact>
        )}
        {donation.retry_on && (
          <Fact name={t('monthly.retry')}>
            <Raised text={dated(donation.retry_on)} />
          </Fact>
        )}
        {donation.paused_until && (
          <Fact name={t('monthly.paused_until')}>
            <Raised text={dated(donation.paused_until)} />
          </Fact>
        )}
        {donation.stopped_at && (
          <Fact name={t('monthly.stopped_on')}>
            <Raised text={dated(donation.stopped_at)} />
          </Fact>
        )}
        {donation.email && (
          <Fact name={t('card.email')}>
            <a href={`mailto:${donation.email}`}>{donation.email}</a>
          </Fact>
        )}
      </dl>
      {donation.email && (
        <p>
          <Link to={`/desk/money/donations?fund=${code}&q=${encodeURIComponent(donation.email)}`}>
            {t('monthly.their_donations')}
          </Link>
        </p>
      )}
      {donation.state !== 'stopped' && (
        <section className="panel-section">
          <h3>{t('monthly.stop')}</h3>
          <WordsForm
            label={t('monthly.reason')}
            hint={t('monthly.reason_why')}
            word={t('monthly.stop_do', { amount })}
            isStop
            most={500}
            name="reason"
            act={stop}
          />
        </section>
      )}
    </div>
  );
}
