import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Application, TermKind } from '@/api/shapes';
import { Choices } from '@/ui/choices';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { seatQuery } from './api';

interface Props {
  application: Application;
  isBusy: boolean;
  onApprove: (as: TermKind) => void;
  onCancel: () => void;
}

const KINDS: readonly TermKind[] = ['relay', 'stand_in'];

/** Appoint an applicant: as the relay, or standing in beside one who is there; what runs already says which of the two. */
export function ApproveForm({ application, isBusy, onApprove, onCancel }: Props) {
  const { t } = useTranslation('organiser');
  const { seat: place, person } = application;
  const seat = useQuery(seatQuery(place.id));
  const [chosen, setChosen] = useState<TermKind | ''>('');
  if (seat.isPending) return <Skeleton lines={3} />;
  if (seat.isError) return <Trouble error={seat.error} retry={() => void seat.refetch()} />;
  const { terms } = seat.data;
  const running = (kind: TermKind) => terms.find((term) => term.kind === kind);
  const as = chosen || KINDS.find((kind) => !running(kind));
  const standIn = running('stand_in');
  // Who stood in and takes the seat themself is welcomed, not thanked.
  const isOther = standIn && standIn.person_id !== person.id;
  return (
    <div className="deeds">
      <Choices
        legend={t('applications.as')}
        options={KINDS.map((kind) => ({
          value: kind,
          label: t(`applications.as_${kind}`),
          isDisabled: Boolean(running(kind)),
        }))}
        value={as ?? ''}
        onChange={setChosen}
      />
      {terms.map((term) => (
        <p className="note" key={term.id}>
          {t(`applications.as_taken_${term.kind}`, { name: term.name })}
        </p>
      ))}
      {running('relay') && (
        <p>
          <Link to={`/desk/seats?seat=${place.code}`}>{t('applications.as_see_seat')}</Link>
        </p>
      )}
      {as && (
        <>
          <p>
            <Raised text={t(`applications.approve_sure_${as}`, { name: person.name, place: place.name })} />{' '}
            {as === 'relay' && isOther && t('applications.approve_ends', { name: standIn.name })}
          </p>
          <button
            type="button"
            className="button"
            disabled={isBusy}
            onClick={() => {
              onApprove(as);
            }}
          >
            {t(`applications.approve_yes_${as}`)}
          </button>
        </>
      )}
      <button type="button" className="button bare" onClick={onCancel}>
        {t('common:cancel')}
      </button>
    </div>
  );
}
