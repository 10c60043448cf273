import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SeatTerm as Term } from '@/api/shapes';
import { Face } from '@/entities/person/face';
import { day } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { endTerm } from './api';
import { HandOverForm } from './hand-over-form';
import { PauseForm } from './pause-form';
import { Readiness } from './readiness';

interface Props {
  term: Term;
  place: string;
  /** Whether somebody else's term runs there too, and goes on when this one ends. */
  isShared: boolean;
}

/** One term of a seat, the relay's or a stand-in's: since when, the last sign of life, a pause, a hand-over, its end. */
export function SeatTerm({ term, place, isShared }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [isEnding, setEnding] = useState(false);
  const { name, abilities } = term;
  const end = useMutation({
    mutationFn: endTerm,
    onSuccess: async () => {
      setEnding(false);
      await queries.invalidateQueries({ queryKey: ['relays'] });
    },
  });
  const what = isShared ? `${term.kind}_shared` : 'alone';
  return (
    <div className="fields" role="group" aria-label={name}>
      <div className="person">
        <Face name={name} photo={term.photo} isSmall />
        <div>
          <b>{name}</b>
          <p className="note">
            <Raised text={t(`seat.${term.kind}_since`, { day: day(term.starts_at) })} />
          </p>
          <p className="note">
            <Raised text={t('seat.seen', { day: day(term.seen_at) })} />
          </p>
        </div>
      </div>
      <Readiness who={{ kind: 'term', id: term.id }} title={t('ready.title_held')} />
      {(abilities.pause || abilities.resume) && <PauseForm term={term} />}
      {abilities.end && <HandOverForm term={term.id} isMine={false} />}
      {abilities.end && (
        <div className="deeds">
          <button
            type="button"
            className="button stop"
            onClick={() => {
              setEnding(true);
            }}
          >
            {t('seat.end')} <small>{t(`seat.end_small_${what}`)}</small>
          </button>
        </div>
      )}
      {isEnding && (
        <Dialog
          title={t('seat.end_title', { name })}
          role="alertdialog"
          onClose={() => {
            setEnding(false);
          }}
        >
          <p>
            <Raised text={t(`seat.end_why_${what}`, { name, place })} />
          </p>
          {end.isError && <Trouble error={end.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setEnding(false);
              }}
            >
              {t('common:cancel')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={end.isPending}
              onClick={() => {
                end.mutate(term.id);
              }}
            >
              {t('seat.end_do')}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}
