import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { type Column, ListTable } from '@/ui/list-table';
import { Raised } from '@/ui/raised';
import { SeatMark } from './hemicycle';
import { isOtherwise, saidState, type Seated, voteState } from './vote-states';

const keyOf = ({ row }: Seated) => row.id;

/** The same as the drawing: everybody who sat on the day, what they had said, and how they voted. */
export function VotesTable({ label, seated }: { label: string; seated: readonly Seated[] }) {
  const { t } = useTranslation('advocacy');
  const columns = useMemo<Column<Seated>[]>(
    () => [
      { name: 'name', word: t('column_name'), isHead: true, cell: ({ row }) => row.office_holder.full_name },
      { name: 'seat', word: t('column_seat'), isUnderName: true, cell: ({ row }) => <Raised text={row.seat.name} /> },
      {
        name: 'group',
        word: t('column_group'),
        isUnderName: true,
        cell: ({ row }) => row.group && <abbr title={row.group.name}>{row.group.abbreviation}</abbr>,
      },
      {
        name: 'said',
        word: t('votes.said'),
        cell: ({ vote }) => (
          <>
            <SeatMark state={saidState(vote)} /> {t(`state.${saidState(vote)}`)}
          </>
        ),
      },
      {
        name: 'voted',
        word: t('votes.voted'),
        cell: ({ vote }) => (
          <>
            <SeatMark state={voteState(vote)} /> {t(`votes.state.${voteState(vote)}`)}
            {vote.meant && <small> {t('votes.meant', { choice: t(`votes.state.${vote.meant}`) })}</small>}
          </>
        ),
      },
      {
        name: 'as_said',
        word: t('votes.as_said'),
        cell: (seat) => (isOtherwise(seat) ? <b>{t('votes.otherwise')}</b> : seat.vote.is_as_said && t('votes.kept')),
      },
    ],
    [t],
  );
  return <ListTable label={label} rows={seated} columns={columns} keyOf={keyOf} isTall />;
}
