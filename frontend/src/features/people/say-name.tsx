import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Trouble } from '@/ui/trouble';
import { ownCorrections } from './corrections-api';
import { NameFields } from './name-fields';

/** Whoever was appointed by their address says once what they are called, before anything of the role opens. */
export function SayName({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('member');
  const [names, setNames] = useState({ given_name: '', family_name: '' });
  const say = useMutation({ mutationFn: ownCorrections.names, onSuccess: onDone });
  const mistakes = say.isError ? asProblem(say.error).fields : {};
  function submit(event: FormEvent) {
    event.preventDefault();
    say.mutate(names);
  }
  return (
    <>
      <h1>{t('naming.title')}</h1>
      <p>{t('naming.why')}</p>
      <form className="fields" onSubmit={submit} noValidate>
        <NameFields names={names} mistakes={mistakes} onChange={setNames} />
        {say.isError && Object.keys(mistakes).length === 0 && <Trouble error={say.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={say.isPending}>
            {t('naming.do')}
          </button>
        </div>
      </form>
    </>
  );
}
