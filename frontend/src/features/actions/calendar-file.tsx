import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { dated } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { bringCalendar, CALENDAR_MODEL, calendarQuery } from './calendar-api';

interface WrongLine {
  line: number;
  fields: Record<string, string[]>;
}

/** Many days at once from a table: looked at first, then kept whole or not at all. */
export function CalendarFile() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const bring = useMutation({
    mutationFn: bringCalendar,
    onSuccess: async (brought) => {
      if (!brought.is_trial) {
        await queries.invalidateQueries({ queryKey: calendarQuery.queryKey });
        await queries.invalidateQueries({ queryKey: ['actions', 'one'] });
      }
    },
  });
  const wrong = bring.isError ? ((asProblem(bring.error).body.rows ?? []) as WrongLine[]) : [];
  const file = bring.variables?.file;
  return (
    <Pane title={t('calendar.file')}>
      <div className="pane-body">
        <p>{t('calendar.file_why')}</p>
        <div className="buttons">
          <label className="button line">
            {t('calendar.file_choose')}
            <input
              type="file"
              className="sr-only"
              accept=".csv,.txt,.tsv,text/csv"
              onChange={(event) => {
                const chosen = event.target.files?.[0];
                if (chosen) bring.mutate({ file: chosen, dry: true });
                event.target.value = '';
              }}
            />
          </label>
          <a className="button bare" href={CALENDAR_MODEL} download="calendar.csv">
            {t('calendar.file_model')}
          </a>
        </div>
        {bring.isError && <Trouble error={bring.error} />}
        {wrong.length > 0 && (
          <ul className="rows">
            {wrong.map(({ line, fields }) => (
              <li key={line}>
                <b>{t('calendar.file_line', { line })}</b> <Raised text={Object.values(fields).flat().join(' ')} />
              </li>
            ))}
          </ul>
        )}
        {bring.data && (
          <>
            <p role="status">
              {t(bring.data.is_trial ? 'calendar.file_would' : 'calendar.file_added', { count: bring.data.added })}
            </p>
            {bring.data.is_trial && (
              <>
                <ul className="rows">
                  {bring.data.items.map(({ line, is_known, window }) => (
                    <li key={line}>
                      <Raised
                        text={`${window.called}, ${window.area.name}${t('common:colon')} ${dated(window.starts_on)} – ${dated(window.ends_on)}`}
                      />{' '}
                      {is_known && <span className="muted">{t('calendar.file_known')}</span>}
                    </li>
                  ))}
                </ul>
                <button
                  type="button"
                  className="button"
                  disabled={bring.isPending || bring.data.added === 0}
                  onClick={() => {
                    if (file) bring.mutate({ file, dry: false });
                  }}
                >
                  {t('calendar.file_do', { count: bring.data.added })}
                </button>
              </>
            )}
          </>
        )}
      </div>
    </Pane>
  );
}
