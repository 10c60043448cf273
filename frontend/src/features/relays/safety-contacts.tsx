import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { meQuery } from '@/entities/person/me';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { nameSafetyContacts, safetyContactsQuery } from './concerns-api';

const POSITIONS = ['first', 'second'] as const;
type Position = (typeof POSITIONS)[number];

/** To whom it goes when something is wrong; said loudly while nobody is named. The network is not opened without. */
export function SafetyContacts({ onNamed }: { onNamed?: () => void }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const known = useQuery(safetyContactsQuery);
  const me = useQuery(meQuery);
  const [emails, setEmails] = useState<Partial<Record<Position, string>>>({});
  const [names, setNames] = useState<Partial<Record<Position, string>>>({});
  const items = known.data?.items ?? [];
  const email = (position: Position) => emails[position] ?? items[POSITIONS.indexOf(position)]?.email ?? '';
  // somebody else's address is somebody else: their name is not the one that was known
  const knownAs = (address: string) => items.find((each) => each.email === address.trim().toLowerCase())?.name ?? '';
  const name = (position: Position) => names[position] ?? knownAs(email(position));
  const save = useMutation({
    mutationFn: nameSafetyContacts,
    onSuccess: (named) => {
      setEmails({});
      setNames({});
      queries.setQueryData(safetyContactsQuery.queryKey, named);
      onNamed?.();
    },
  });
  const mistakes = save.isError ? asProblem(save.error).fields : {};
  const own = me.data?.email;
  return (
    <div id="safety">
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
                const said = POSITIONS.filter((position) => email(position).trim());
                save.mutate({
                  emails: said.map((position) => email(position).trim()),
                  names: said.map((position) => name(position).trim()),
                });
              }}
            >
              {POSITIONS.map((position) => (
                <div key={position} className="side-by-side">
                  <Field
                    label={t(`safety.${position}`)}
                    hint={t(`safety.${position}_hint`)}
                    type="email"
                    autoComplete="off"
                    value={email(position)}
                    error={mistakes[position]?.[0]}
                    onChange={(event) => {
                      setEmails({ ...emails, [position]: event.target.value });
                    }}
                  />
                  <Field
                    label={t(`safety.${position}_called`)}
                    hint={t('safety.called_hint')}
                    autoComplete="off"
                    maxLength={200}
                    value={name(position)}
                    error={mistakes[`${position}_called`]?.[0]}
                    onChange={(event) => {
                      setNames({ ...names, [position]: event.target.value });
                    }}
                  />
                </div>
              ))}
              {save.isError && Object.keys(mistakes).length === 0 && <Trouble error={save.error} />}
              <div className="buttons">
                <button type="submit" className="button line" disabled={save.isPending}>
                  {t('safety.do')}
                </button>
                {own && items.length === 0 && email('first') !== own && (
                  <button
                    type="button"
                    className="button bare"
                    onClick={() => {
                      setEmails({ ...emails, first: own });
                    }}
                  >
                    {t('safety.myself')}
                  </button>
                )}
              </div>
            </form>
          )}
        </div>
      </Pane>
    </div>
  );
}
