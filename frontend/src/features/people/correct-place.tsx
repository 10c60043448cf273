import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/schema';
import { useDebounced } from '@/lib/use-debounced';
import { Choices } from '@/ui/choices';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { type Corrections, placesQuery } from './corrections-api';
import { useCorrection } from './use-correction';

interface Props {
  ways: Corrections;
  isMine: boolean;
  onClose: () => void;
  onDone: () => void;
}

type Found = components['schemas']['FoundOut'];

const keyOf = ({ kind, code }: Found) => `${kind}:${code}`;
const isLivedIn = ({ kind }: Found) => kind === 'commune' || kind === 'country';

/** Where somebody lives: a commune that lies in several constituencies asks for one of them, since nobody guesses. */
export function CorrectPlace({ ways, isMine, onClose, onDone }: Props) {
  const { t } = useTranslation('member');
  const [typed, setTyped] = useState('');
  const [place, setPlace] = useState<Found>();
  const [seat, setSeat] = useState('');
  const q = useDebounced(typed.trim());
  const found = useQuery(placesQuery(q));
  const { correction, mistakes, hasMistakes } = useCorrection(ways, ways.place, onDone);
  const places = found.data?.items ?? [];
  const chosen = place?.seats.length === 1 ? (place.seats[0]?.code ?? '') : seat;
  function submit(event: FormEvent) {
    event.preventDefault();
    if (place) correction.mutate({ commune: isLivedIn(place) ? place.code : '', constituency: chosen });
  }
  return (
    <Dialog title={t('correct.place')} onClose={onClose}>
      <form className="fields" onSubmit={submit} noValidate>
        <p>{t(isMine ? 'correct.place_why' : 'correct.place_why_officer')}</p>
        <Field
          label={t('correct.search')}
          type="search"
          hint={t('correct.search_hint')}
          value={typed}
          error={mistakes.commune?.[0]}
          onChange={(event) => {
            setTyped(event.target.value);
            setPlace(undefined);
            setSeat('');
          }}
        />
        {q.length > 1 && found.isPending && <Skeleton lines={2} />}
        {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
        {found.isSuccess && places.length === 0 && <p role="status">{t('correct.found_none')}</p>}
        {places.length > 0 && (
          <Choices
            legend={t('correct.found')}
            value={place ? keyOf(place) : ''}
            options={places.map((one) => ({
              value: keyOf(one),
              label: [one.name, one.context].filter(Boolean).join(', '),
            }))}
            onChange={(key) => {
              setPlace(places.find((one) => keyOf(one) === key));
              setSeat('');
            }}
          />
        )}
        {place && place.seats.length > 1 && (
          <Choices
            legend={t('correct.several')}
            value={seat}
            options={place.seats.map(({ code, name }) => ({ value: code, label: name }))}
            error={mistakes.constituency?.[0]}
            onChange={setSeat}
          />
        )}
        {correction.isError && !hasMistakes && <Trouble error={correction.error} kept={t('correct.unchanged')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={correction.isPending || !place || !chosen}>
            {t('correct.do')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('common:cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
