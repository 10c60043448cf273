import { queryOptions, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '@/api/client';
import { asProblem } from '@/api/problem';
import { number, shortDay } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { NarrowBy } from '@/ui/narrow-by';
import { Pane } from '@/ui/pane';

const YEARS = 3;

const registerQuery = (year: number) =>
  queryOptions({
    queryKey: ['advocacy', 'register', year],
    queryFn: () => read(client.GET('/api/v1/advocacy/register/', { params: { query: { year } } })),
  });

/** A year of contacts as the register of interests asks for it: what is missing, what was left out, and who has had many. */
export function RegisterPane() {
  const { t } = useTranslation('advocacy');
  const now = new Date().getFullYear();
  const [year, setYear] = useState(now);
  const register = useQuery(registerQuery(year));
  const found = register.data;
  if (register.isError && asProblem(register.error).status === 404) return null;
  return (
    <Pane title={t('register.title')} note={found?.rule.name}>
      <div className="pane-body">
        <div className="people-narrow">
          <NarrowBy
            label={t('register.year')}
            any={t('register.this_year')}
            value={year === now ? '' : String(year)}
            options={Array.from({ length: YEARS }, (_, back) => String(now - 1 - back)).map((each) => [each, each])}
            onChange={(chosen) => {
              setYear(Number(chosen) || now);
            }}
          />
        </div>
        {found && (
          <>
            <p>
              {t('register.why', { binds: found.rule.binds_at })} {t('register.open')}{' '}
              <small className="muted">{t('register.source', { source: found.rule.law })}</small>
            </p>
            {found.busy.length > 0 && (
              <div className="notice">
                <p>{t('register.busy', { warns: found.rule.warns_at, binds: found.rule.binds_at })}</p>
                <ul>
                  {found.busy.map(({ name, contacts }, at) => (
                    <li key={at}>
                      {name}, {t('register.contacts', { count: contacts })}
                    </li>
                  ))}
                </ul>
              </div>
            )}
          </>
        )}
      </div>
      <ListBody
        list={register}
        blank={
          found?.activities.length === 0 && (
            <Blank title={t('register.none')}>
              <p>{t('register.none_why')}</p>
            </Blank>
          )
        }
      >
        <div className="table-scroll" tabIndex={0} role="group" aria-label={t('register.title')}>
          <table className="table">
            <thead>
              <tr>
                {(['object', 'decision', 'actions', 'categories', 'days'] as const).map((name) => (
                  <th key={name} scope="col">
                    {t(`register.${name}`)}
                  </th>
                ))}
                <th scope="col" className="number">
                  {t('register.entries')}
                </th>
                <th scope="col">{t('register.missing')}</th>
              </tr>
            </thead>
            <tbody>
              {found?.activities.map((activity, at) => (
                <tr key={at}>
                  <th scope="row">{activity.title}</th>
                  <td>{activity.decision}</td>
                  <td lang="fr">{activity.actions.join(' ; ')}</td>
                  <td lang="fr">{activity.categories.join(' ; ')}</td>
                  <td>
                    {t('register.from_to', { from: shortDay(activity.first_on), to: shortDay(activity.last_on) })}
                  </td>
                  <td className="number">{number(activity.entries)}</td>
                  <td>
                    {activity.missing.length > 0
                      ? activity.missing.map((what) => t(`register.lacks.${what}`)).join(', ')
                      : t('register.complete')}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </ListBody>
      {found && (
        <div className="pane-body">
          <p className="muted">
            {t('register.left_out', { theirs: number(found.begun_by_them), unanswered: number(found.unanswered) })}{' '}
            {t('register.there')}
          </p>
          <a className="button line" href={`/api/v1/advocacy/register/export/?year=${year}`} download>
            {t('register.export')}
          </a>
        </div>
      )}
    </Pane>
  );
}
