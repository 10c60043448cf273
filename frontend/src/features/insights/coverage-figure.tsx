import { useId, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProgressRead } from '@/api/shapes';
import { dated, number } from '@/lib/format';
import { TimeChart } from '@/ui/chart/time-chart';
import { Raised } from '@/ui/raised';
import { progressFile } from './api';
import { forecastWords } from './forecast-words';

const WEEK = 7;
const DAY = 86_400_000;
const WEEKS_SHOWN = 53;

/** Coverage over time: its finding, the drawing, the same as a table, and the file. */
export function CoverageFigure({ network, area, progress }: { network: string; area: string; progress: ProgressRead }) {
  const { t } = useTranslation('organiser');
  const id = useId();
  const { points, target, forecast } = progress;
  const last = points.at(-1);
  const now = last?.covered ?? 0;
  const ago = (day: string) => (last ? (Date.parse(last.day) - Date.parse(day)) / DAY : 0);
  const before = points.find(({ day }) => ago(day) === 4 * WEEK)?.covered;
  const finding =
    before === undefined
      ? t('insights.covered_now', { count: now })
      : now === before
        ? t('insights.as_many')
        : t(now > before ? 'insights.more' : 'insights.fewer', { count: Math.abs(now - before) });
  const drawn = useMemo(
    () => points.map(({ day, covered, is_rebuilt }) => ({ day, value: covered, isRebuilt: is_rebuilt })),
    [points],
  );
  const weekly = points.filter(({ day }) => ago(day) % WEEK === 0).reverse();
  return (
    <figure className="pane" aria-labelledby={id}>
      <div className="pane-body">
        <h2 id={id}>{finding}</h2>
        <p className="muted">
          {t('insights.what')}
          {progress.rebuilt_until && (
            <>
              {' '}
              <Raised text={t('insights.rebuilt', { day: dated(progress.rebuilt_until) })} />
            </>
          )}
        </p>
        <TimeChart
          label={`${finding} ${forecastWords(t, progress)}`}
          points={drawn}
          goal={{ value: target.seats, word: t('insights.goal', { seats: number(target.seats) }) }}
          ahead={{
            early: forecast.early_on,
            likely: forecast.likely_on,
            late: forecast.late_on,
            word: t('insights.times'),
          }}
        />
        <details>
          <summary>{t('insights.as_table')}</summary>
          <div className="table-scroll" tabIndex={0} role="region" aria-label={t('insights.as_table')}>
            <table className="table">
              <thead>
                <tr>
                  <th scope="col">{t('insights.day')}</th>
                  <th scope="col" className="number">
                    {t('insights.covered')}
                  </th>
                  {(['filled', 'stand_in', 'applied', 'vacant', 'dormant'] as const).map((state) => (
                    <th key={state} scope="col" className="number">
                      {t(`common:seat.${state}`)}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weekly.slice(0, WEEKS_SHOWN).map((point) => (
                  <tr key={point.day}>
                    <th scope="row">
                      <Raised text={dated(point.day)} />
                    </th>
                    <td className="number">{number(point.covered)}</td>
                    <td className="number">{number(point.filled)}</td>
                    <td className="number">{number(point.stand_in)}</td>
                    <td className="number">{number(point.applied)}</td>
                    <td className="number">{number(point.vacant)}</td>
                    <td className="number">{number(point.dormant)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </details>
        <details>
          <summary>{t('insights.how')}</summary>
          <p>{t('insights.method', { futures: number(forecast.futures) })}</p>
          <p>{t('insights.to_beat', { meetings: progress.meetings_to_beat })}</p>
        </details>
        <p>
          <a className="button bare" href={progressFile(network, area)} download>
            {t('insights.file')}
          </a>
        </p>
      </div>
    </figure>
  );
}
