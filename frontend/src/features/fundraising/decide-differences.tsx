import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Difference, RecipientKept } from '@/api/shapes';
import { instant, money, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import type { Column } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import './books.css';
import { DIFFERENCE_STANDS, differencesQuery, explainDifference } from './decide-api';
import { type Decided, DecideList } from './decide-list';
import { WordsForm } from './words-form';
import { Fact } from './fact';

const keyOf = (row: Difference) => row.id;

/** What the books and the provider do not agree about: it goes by itself, or is explained in words. */
export function DecideDifferences({ recipient }: { recipient: RecipientKept }) {
  const { t } = useTranslation('money');
  const { get } = useFilters();
  const stand = DIFFERENCE_STANDS.find((name) => name === get('stand')) ?? 'open';
  const list = useInfiniteQuery(differencesQuery(recipient.code, stand));
  const columns = useMemo<Column<Difference>[]>(() => {
    const said = (cents: number | null) => (cents === null ? t('decide.nothing') : money(cents, recipient.currency));
    return [
      {
        name: 'what',
        word: t('decide.difference'),
        isHead: true,
        cell: (row) => <span className="sentence">{row.said}</span>,
      },
      {
        name: 'found',
        word: t('decide.found_on'),
        isUnderName: true,
        cell: (row) => <Raised text={shortDay(row.opened_at)} />,
      },
      { name: 'ours', word: t('decide.ours'), isNumber: true, cell: (row) => said(row.ours) },
      { name: 'theirs', word: t('decide.theirs'), isNumber: true, cell: (row) => said(row.theirs) },
    ];
  }, [t, recipient.currency]);
  return (
    <DecideList
      title={t('decide.title_differences')}
      list={list}
      columns={columns}
      keyOf={keyOf}
      stands={DIFFERENCE_STANDS.map((name) => ({ name, word: t(`decide.difference_stand_${name}`) }))}
      why={t('decide.none_differences')}
      panel={(row, onDecided) => <Card recipient={recipient} difference={row} onDecided={onDecided} />}
    />
  );
}

interface CardProps {
  recipient: RecipientKept;
  difference: Difference;
  onDecided: (decided: Decided) => void;
}

function Card({ recipient, difference, onDecided }: CardProps) {
  const { t } = useTranslation('money');
  const explain = useMutation({
    mutationFn: (words: string) => explainDifference(difference.id, words),
    onSuccess: () => {
      onDecided({ text: t('decide.explained') });
    },
  });
  const said = (cents: number | null) => (cents === null ? t('decide.nothing') : money(cents, recipient.currency));
  return (
    <>
      <h2 className="sentence">{difference.said}</h2>
      <p>{t(`decide.about.${difference.kind}`)}</p>
      <dl className="facts wide">
        <Fact name={t('decide.ours')}>{said(difference.ours)}</Fact>
        <Fact name={t('decide.theirs')}>{said(difference.theirs)}</Fact>
        {difference.donor && <Fact name={t('column.name')}>{difference.donor}</Fact>}
        {difference.reference && (
          <Fact name={t('decide.reference')}>
            <span className="spoken">{difference.reference}</span>
          </Fact>
        )}
        <Fact name={t('decide.found_on')}>
          <Raised text={instant(difference.opened_at)} />
        </Fact>
        {difference.closed_at && (
          <Fact name={t('decide.gone_on')}>
            <Raised text={instant(difference.closed_at)} />
          </Fact>
        )}
      </dl>
      {difference.donation && (
        <p>
          <Link to={`/desk/money/donations?fund=${recipient.code}&donation=${difference.donation}`}>
            {t('decide.see_donation')}
          </Link>
        </p>
      )}
      {difference.closed_at ? (
        difference.words && <blockquote className="quote spoken">{difference.words}</blockquote>
      ) : (
        <section className="panel-section">
          <h3>{t('decide.what_to_do')}</h3>
          <WordsForm
            label={t('decide.explanation')}
            hint={t('decide.explanation_why')}
            word={t('decide.explain')}
            before={difference.words}
            name="words"
            act={explain}
          />
        </section>
      )}
    </>
  );
}
