import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Check } from '@/ui/check';
import { Trouble } from '@/ui/trouble';
import { photoQuery, showPhoto, takePhotoBack } from './photo-api';

/** My photo on the public page of my seat: shown once I agreed to the words beside it, gone with one press. */
export function OwnPhoto() {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const own = useQuery(photoQuery);
  const chosen = useRef<HTMLInputElement>(null);
  const [agrees, setAgrees] = useState(false);
  const [missing, setMissing] = useState('');
  const settled = {
    onSuccess: async () => {
      setAgrees(false);
      if (chosen.current) chosen.current.value = '';
      await queries.invalidateQueries({ queryKey: ['relays'] });
    },
  };
  const show = useMutation({
    mutationFn: showPhoto,
    ...settled,
    // The words may have changed meanwhile: the new ones are read before they are agreed to.
    onError: async () => {
      setAgrees(false);
      await queries.invalidateQueries({ queryKey: ['relays'] });
    },
  });
  const back = useMutation({ mutationFn: takePhotoBack, ...settled });
  if (own.isError) return <Trouble error={own.error} retry={() => void own.refetch()} />;
  if (!own.data || (!own.data.may_show && !own.data.photo)) return null;
  const { photo, wording, version } = own.data;
  const fields = show.isError ? asProblem(show.error).fields : {};
  const wrong = missing || fields.photo?.[0];

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const file = chosen.current?.files?.[0];
    setMissing(file ? '' : t('face.no_file'));
    if (file && agrees) show.mutate({ file, agrees: version });
  }
  return (
    <>
      {photo && (
        <div className="person">
          <img className="face" src={photo} alt={t('face.alt')} width={96} height={96} />
          <div>
            <p role="status">{t('face.shown')}</p>
            <button
              type="button"
              className="button line"
              disabled={back.isPending}
              onClick={() => {
                back.mutate();
              }}
            >
              {t('face.take_back')}
            </button>
          </div>
        </div>
      )}
      {back.isError && <Trouble error={back.error} />}
      <form className="fields" noValidate onSubmit={onSubmit}>
        <div className="field">
          <label htmlFor="photo">{t(photo ? 'face.other' : 'face.photo')}</label>
          <p className="hint" id="photo-hint">
            {t('face.photo_why')}
          </p>
          <input
            ref={chosen}
            className="input"
            id="photo"
            type="file"
            accept="image/jpeg,image/png,image/webp"
            aria-describedby={wrong ? 'photo-hint photo-error' : 'photo-hint'}
            aria-invalid={wrong ? true : undefined}
          />
          {wrong && (
            <p className="error" id="photo-error">
              {wrong}
            </p>
          )}
        </div>
        <Check label={wording} isChecked={agrees} error={agrees ? undefined : fields.agrees?.[0]} onCheck={setAgrees} />
        {show.isError && !wrong && !fields.agrees && <Trouble error={show.error} />}
        <div className="buttons">
          <button type="submit" className="button line" disabled={!agrees || show.isPending}>
            {t('face.show')}
          </button>
        </div>
      </form>
    </>
  );
}
