import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { nameSafetyContacts, safetyContactsQuery } from './concerns-api';

/** To whom it goes when something is wrong; said loudly while nobody is named. */
export function SafetyContacts() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const known = useQuery(safetyContactsQuery);
  const [typed, setTyped] = useState<{ first?: string; second?: string }>({});
  const items = known.data?.items ?? [];
  const said = { first: typed.first ?? items[0]?.email ?? '', second: typed.second ?? items[1]?.email ?? '' };
  const name = useMutation({
    mutationFn: nameSafetyContacts,
    onSuccess: (named) => {
      setTyped({});
      queries.setQueryData(safetyContactsQuery.queryKey, named);
    },
  });
  const mistakes = name.isError ? asProblem(name.error).fields : {};
  return (
    <Pane title={t('safety.title')}>
      <div className="pane-body">
        {known.isPending && <Skeleton lines={3} />}
        {known.isError && <Trouble error={known.error} retry={() => void known.refetch()} />}
        {known.data && items.length === 0 && (
          <div className="problem" role="alert">
            <b>{t('safety.nobody')}</b>
            <p>{t('safety.nobody_why')}</p>
          </div>
        )}
        {items.length > 0 && <p>{t('safety.named', { names: items.map((each) => each.name).join(', ') })}</p>}
        {known.data && (
          <form
            className="fields"
            onSubmit={(event) => {
              event.preventDefault();
              name.mutate([said.first, said.second].map((each) => each.trim()).filter(Boolean));
            }}
          >
            {(['first', 'second'] as const).map((position) => (
              <Field
                key={position}
                label={t(`safety.${position}`)}
                hint={t(`safety.${position}_hint`)}
                type="email"
                autoComplete="off"
                value={said[position]}
                error={mistakes[position]?.[0]}
                onChange={(event) => {
                  setTyped({ ...typed, [position]: event.target.value });
                }}
              />
            ))}
            {name.isError && Object.keys(mistakes).length === 0 && <Trouble error={name.error} />}
            <div>
              <button type="submit" className="button line" disabled={name.isPending}>
                {t('safety.do')}
              </button>
            </div>
          </form>
        )}
      </div>
    </Pane>
  );
}
