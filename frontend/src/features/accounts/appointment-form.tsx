import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { AppointedRole } from '@/api/shapes';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { appoint, appointmentsQuery, placesQuery } from './appointments-api';

/** Treasurers and moderators wait for what they would do here. */
const ROLES = ['organiser', 'data_protection_officer', 'administrator'] as const satisfies readonly AppointedRole[];

interface Props {
  country: string;
  /** Kinds of places in which a role can be held, the country first. */
  kinds: readonly { code: string; name: string }[];
}

const capital = (name: string) => name.charAt(0).toLocaleUpperCase() + name.slice(1);

/** Give a role to whoever reads an address; a mail tells them how to sign in. */
export function AppointmentForm({ country, kinds }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [role, setRole] = useState<(typeof ROLES)[number]>('organiser');
  const [kind, setKind] = useState(kinds[0]?.code ?? '');
  const [chosen, setChosen] = useState('');
  const [email, setEmail] = useState('');
  const places = useQuery(placesQuery(country, kind));
  const code = chosen || (places.data?.[0]?.code ?? '');
  const give = useMutation({
    mutationFn: appoint,
    onSuccess: async () => {
      setEmail('');
      await queries.invalidateQueries({ queryKey: appointmentsQuery.queryKey });
    },
  });
  const fields = give.isError ? asProblem(give.error).fields : {};
  const isExplained = Object.keys(fields).length > 0;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    give.mutate({ email: email.trim(), role, country, kind, code });
  }
  return (
    <Pane title={t('roles.give')}>
      <form className="pane-body fields" onSubmit={onSubmit}>
        <Select
          label={t('roles.column_role')}
          hint={t(`roles.about_${role}`)}
          value={role}
          options={ROLES.map((one) => ({ value: one, label: t(`roles.role_${one}`) }))}
          error={fields.role?.[0]}
          onChange={(event) => {
            setRole(event.target.value as (typeof ROLES)[number]);
          }}
        />
        <Select
          label={t('roles.kind')}
          value={kind}
          options={kinds.map((one) => ({ value: one.code, label: capital(one.name) }))}
          onChange={(event) => {
            setKind(event.target.value);
            setChosen('');
          }}
        />
        {kind !== kinds[0]?.code && (
          <Select
            label={t('roles.column_place')}
            value={code}
            disabled={places.isPending}
            options={(places.data ?? []).map((place) => ({
              value: place.code,
              label: `${place.display_code} · ${place.name}`,
            }))}
            error={fields.code?.[0]}
            onChange={(event) => {
              setChosen(event.target.value);
            }}
          />
        )}
        {places.isError && <Trouble error={places.error} retry={() => void places.refetch()} />}
        <Field
          label={t('roles.email')}
          hint={t('roles.email_why')}
          type="email"
          autoComplete="off"
          required
          value={email}
          error={fields.email?.[0]}
          onChange={(event) => {
            setEmail(event.target.value);
          }}
        />
        {give.isError && !isExplained && <Trouble error={give.error} kept={t('roles.unchanged')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={give.isPending || !code}>
            {t('roles.do')}
          </button>
        </div>
        <p className="note" role="status">
          {give.isSuccess && t('roles.told', { address: give.data.address })}
        </p>
      </form>
    </Pane>
  );
}
