import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { networkQueries } from './api';
import { dropRequirement, requirementsQuery, requireQualification } from './charter-api';

/** What the network asks of whoever will hold a seat, beside the charter: named in each language, by who may decide it. */
export function RequiredQualifications({ languages }: { languages: readonly string[] }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const networks = useQuery(networkQueries.list);
  const all = networks.data?.items ?? [];
  const [chosen, setChosen] = useState('');
  const network = chosen || (all[0]?.id ?? '');
  const required = useQuery({ ...requirementsQuery(network), enabled: Boolean(network) });
  const [names, setNames] = useState<Record<string, string>>({});
  const keep = (found: NonNullable<typeof required.data>) => {
    queries.setQueryData(requirementsQuery(network).queryKey, found);
  };
  const ask = useMutation({
    mutationFn: requireQualification,
    onSuccess: (found) => {
      keep(found);
      setNames({});
    },
  });
  const drop = useMutation({ mutationFn: dropRequirement, onSuccess: keep });
  if (!network || !required.data?.can_change) return null;
  const fields = ask.isError ? asProblem(ask.error).fields : {};

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    ask.mutate({ id: network, names });
  }
  return (
    <Pane title={t('required.title')}>
      <div className="pane-body">
        {all.length > 1 && (
          <Select
            label={t('network.switch')}
            value={network}
            options={all.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(event) => {
              setChosen(event.target.value);
            }}
          />
        )}
        <p className="muted">{t(required.data.items.length ? 'required.why' : 'required.none')}</p>
        <ul className="plain">
          {required.data.items.map((one) => (
            <li key={one.code}>
              {one.name}{' '}
              <button
                type="button"
                className="button bare"
                disabled={drop.isPending}
                aria-label={t('required.drop_one', { name: one.name })}
                onClick={() => {
                  drop.mutate({ id: network, code: one.code });
                }}
              >
                {t('required.drop')}
              </button>
            </li>
          ))}
        </ul>
        <form className="fields" noValidate onSubmit={onSubmit}>
          {languages.map((language) => (
            <Field
              key={language}
              label={t(`required.name_${language}`)}
              lang={language}
              maxLength={120}
              value={names[language] ?? ''}
              onChange={(event) => {
                setNames({ ...names, [language]: event.target.value });
              }}
              error={fields[`names.${language}`]?.[0]}
            />
          ))}
          {ask.isError && Object.keys(fields).length === 0 && <Trouble error={ask.error} />}
          {drop.isError && <Trouble error={drop.error} />}
          <div>
            <button type="submit" className="button line" disabled={ask.isPending}>
              {t('required.do')}
            </button>
          </div>
        </form>
      </div>
    </Pane>
  );
}
