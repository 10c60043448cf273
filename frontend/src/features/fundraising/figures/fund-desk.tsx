import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FundChoice } from '@/api/shapes';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { ToDoPane } from '../to-do-pane';
import { DaysFigure } from './days-figure';
import { figuresQueries } from './figures-api';
import type { Places } from './figures-desk';
import { FiguresStrip } from './figures-strip';
import { FundLongTail } from './fund-long-tail';
import { MonthlyPane } from './monthly-pane';
import { MonthsPane } from './months-pane';
import { periodWords } from './period-words';
import { PlacesPane } from './places-pane';
import { SourcesPane } from './sources-pane';
import { ThresholdForm } from './threshold-form';

/** The figures of one fund in a period, each title a finding. */
export function FundDesk({ fund, places }: { fund: FundChoice; places: Places }) {
  const { t } = useTranslation('money');
  const { get, set } = useFilters();
  const period = get('period');
  const list = useQuery({ ...figuresQueries.fund(fund.code, period), placeholderData: keepPreviousData });
  const [isSetting, setSetting] = useState(false);
  const found = list.data;
  return (
    <>
      <DeskHead
        title={t('figures.title', { name: fund.name })}
        lead={t('figures.what', { period: found ? periodWords(t, found.period) : '' })}
      >
        {found && (
          <label className="pick">
            <span className="sr-only">{t('figures.period')}</span>
            <select
              className="input"
              value={found.period}
              onChange={(event) => {
                set({ period: event.target.value === found.periods[0] ? null : event.target.value });
              }}
            >
              {found.periods.map((each) => (
                <option key={each} value={each}>
                  {periodWords(t, each)}
                </option>
              ))}
            </select>
          </label>
        )}
        {fund.recipient === null && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              setSetting(true);
            }}
          >
            {t('figures.threshold')}
          </button>
        )}
      </DeskHead>
      <ListBody list={list} blank={null}>
        {found && (
          <>
            <FiguresStrip figures={found} />
            <div className="tail-and-to-do">
              <FundLongTail figures={found} />
              <ToDoPane code={fund.recipient ?? fund.code} />
            </div>
            <DaysFigure figures={found} />
            <MonthsPane figures={found} />
            <PlacesPane fund={fund} period={period} under={found.small_under} places={places} />
            <MonthlyPane fund={fund} />
            <SourcesPane fund={fund} period={period} />
          </>
        )}
      </ListBody>
      {isSetting && found && (
        <ThresholdForm
          fund={fund}
          cents={found.small_under}
          onClose={() => {
            setSetting(false);
          }}
        />
      )}
    </>
  );
}
