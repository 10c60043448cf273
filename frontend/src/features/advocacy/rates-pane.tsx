import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { number, percent } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { responseRatesQuery } from './answering-api';

/** How often they answer, all together and by group; what is counted on too few requests is not shown. */
export function RatesPane() {
  const { t } = useTranslation('advocacy');
  const rates = useQuery(responseRatesQuery);
  const whole = rates.data?.rate;
  const lines = rates.data?.groups ?? [];
  return (
    <Pane title={t('rates.title')} note={t('rates.note')}>
      <ListBody
        list={rates}
        blank={
          !whole && (
            <Blank title={t('rates.none')}>
              <p>{t('rates.none_why')}</p>
            </Blank>
          )
        }
      >
        {whole && (
          <>
            <div className="pane-body">
              <p>
                <b>
                  {t('rates.whole', {
                    part: percent(whole.answered, whole.asked),
                    answered: number(whole.answered),
                    asked: number(whole.asked),
                  })}
                </b>{' '}
                {t('rates.public')}
              </p>
            </div>
            <div className="table-scroll" tabIndex={0} role="group" aria-label={t('rates.title')}>
              <table className="table">
                <thead>
                  <tr>
                    <th scope="col">{t('column_group')}</th>
                    <th scope="col" className="number">
                      {t('rates.asked')}
                    </th>
                    <th scope="col" className="number">
                      {t('rates.answered')}
                    </th>
                    <th scope="col" className="number">
                      {t('rates.part')}
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {lines.map(({ group, rate }) => (
                    <tr key={group.abbreviation}>
                      <th scope="row">
                        <abbr title={group.name}>{group.abbreviation}</abbr>
                      </th>
                      {rate ? (
                        <>
                          <td className="number">{number(rate.asked)}</td>
                          <td className="number">{number(rate.answered)}</td>
                          <td className="number">{percent(rate.answered, rate.asked)}</td>
                        </>
                      ) : (
                        <td colSpan={3} className="muted">
                          {t('rates.few')}
                        </td>
                      )}
                    </tr>
                  ))}
                </tbody>
              </table>
            </div>
          </>
        )}
      </ListBody>
    </Pane>
  );
}
