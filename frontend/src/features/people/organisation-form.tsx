import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { LEGAL_KINDS, type LegalKind, type Organisation, type OrganisationSaid } from '@/api/shapes';
import { LANGUAGES } from '@/i18n/i18n';
import { useDraft } from '@/lib/use-draft';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { OrganisationFollows } from './organisation-follows';
import { describeOrganisation, organisationQuery } from './organisation-api';
import { organisationErrors } from './organisation-schema';

/** Who runs this site, and what the law has printed about them: one form, kept while it is typed. */
export function OrganisationForm({ house }: { house: Organisation }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { draft, change, forget, isRestored } = useDraft<OrganisationSaid>('organisation', said(house));
  const [errors, setErrors] = useState<Record<string, string>>({});
  const save = useMutation({
    mutationFn: describeOrganisation,
    onSuccess: async (saved) => {
      await forget();
      queries.setQueryData(organisationQuery.queryKey, saved);
    },
  });

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = event.currentTarget;
    const found = organisationErrors(draft);
    setErrors(found);
    if (Object.keys(found).length === 0) save.mutate(draft);
    else requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }
  const server = save.isError ? asProblem(save.error).fields : {};
  const sentence = (field: keyof OrganisationSaid) => {
    const own = errors[field];
    return own ? t(own) : server[field]?.[0];
  };
  const text = (field: 'name' | 'address' | 'email' | 'officer' | 'publisher' | 'host') => ({
    label: t(`settings.${field}`),
    value: draft[field] ?? '',
    error: sentence(field),
    onChange: (event: { target: { value: string } }) => {
      change({ [field]: event.target.value });
    },
  });
  const offered = draft.languages;

  return (
    <form onSubmit={onSubmit} noValidate className="settings">
      {isRestored && <p className="notice">{t('settings.restored')}</p>}
      <div className="side-by-side">
        <Pane title={t('settings.who')}>
          <div className="pane-body fields">
            <Field {...text('name')} hint={t('settings.name_why')} autoComplete="organization" maxLength={200} />
            <Select
              label={t('settings.legal_kind')}
              hint={t('settings.legal_kind_why')}
              value={draft.legal_kind}
              options={LEGAL_KINDS.map((kind) => ({ value: kind, label: t(`settings.kind_${kind}`) }))}
              onChange={(event) => {
                change({ legal_kind: event.target.value as LegalKind });
              }}
            />
            <Select
              label={t('settings.country')}
              hint={
                house.authority && draft.country === house.country
                  ? t('settings.authority', { name: house.authority })
                  : t('settings.country_why')
              }
              value={draft.country}
              options={house.countries.map((country) => ({ value: country.code, label: country.name }))}
              error={sentence('country')}
              onChange={(event) => {
                change({ country: event.target.value });
              }}
            />
            <OrganisationFollows follows={house.follows} country={draft.country} kind={draft.legal_kind} />
            <fieldset className="group" aria-describedby="languages-why">
              <legend>{t('settings.languages')}</legend>
              {LANGUAGES.map((language) => (
                <label key={language} className="check">
                  <input
                    type="checkbox"
                    checked={offered.includes(language)}
                    aria-invalid={errors.languages ? true : undefined}
                    onChange={(event) => {
                      change({
                        languages: event.target.checked
                          ? [...offered, language]
                          : offered.filter((other) => other !== language),
                      });
                    }}
                  />
                  <span>
                    {t(`editor.language_${language}`)}
                    {offered[0] === language && <small className="muted"> · {t('settings.usual')}</small>}
                  </span>
                </label>
              ))}
              <p className="hint" id="languages-why">
                {t('settings.languages_why')}
              </p>
              {sentence('languages') && <p className="error">{sentence('languages')}</p>}
            </fieldset>
          </div>
        </Pane>
        <Pane
          title={t('settings.notice')}
          note={<a href={`/${document.documentElement.lang}/legal/`}>{t('settings.see_notice')}</a>}
        >
          <div className="pane-body fields">
            <p className="muted">{t('settings.notice_why')}</p>
            <Field {...text('address')} rows={3} maxLength={1000} autoComplete="street-address" />
            <Field {...text('email')} hint={t('settings.email_why')} type="email" autoComplete="email" />
            <Field {...text('officer')} hint={t('settings.officer_why')} maxLength={200} />
            <Field {...text('publisher')} hint={t('settings.publisher_why')} maxLength={200} />
            <Field {...text('host')} hint={t('settings.host_why')} rows={3} maxLength={1000} />
          </div>
        </Pane>
      </div>
      {save.isError && <Trouble error={save.error} kept={t('settings.kept')} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={save.isPending}>
          {t('settings.save')}
        </button>
        <p className="note" role="status">
          {save.isSuccess && t('settings.saved')}
        </p>
      </div>
    </form>
  );
}

function said(house: Organisation): OrganisationSaid {
  const { name, country, legal_kind, languages, address, email, officer, publisher, host } = house;
  const known = house.countries.some((one) => one.code === country);
  return {
    name,
    country: known ? country : (house.countries[0]?.code ?? ''),
    legal_kind,
    languages,
    address,
    email,
    officer,
    publisher,
    host,
  };
}
