import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Action } from '@/api/shapes';
import { townOf } from '@/lib/local-time';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { scheduleAction } from './api';
import { clock } from './launch-hour';

interface Props {
  action: Action;
  isDirty: boolean;
  messages: number;
  /** A second person is asked for the hour instead. */
  needsSecond: boolean;
  /** As `<input type="datetime-local">` holds it. */
  hour: string;
  onHour: (hour: string) => void;
}

/** An action leaves by itself at an hour of the network's country; until then it is moved or taken back. */
export function ScheduleForm({ action, isDirty, messages, needsSecond, hour, onHour }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const schedule = useMutation({
    mutationFn: scheduleAction,
    onSuccess: async (changed) => {
      onHour('');
      queries.setQueryData(['actions', 'one', changed.id], changed);
      await queries.invalidateQueries({ queryKey: ['actions'] });
    },
  });
  const isScheduled = action.launch_at !== null;
  const asked = { id: action.id, version: action.version, expected: messages };
  const wrong = schedule.isError ? asProblem(schedule.error).fields.launch_at?.[0] : undefined;
  return (
    <div className="fields" role="group" aria-label={t('schedule.title')}>
      {action.launch_at !== null && (
        <p className="notice" role="status">
          <Raised text={t('schedule.leaves', clock(action.launch_at, action.time_zone))} />
        </p>
      )}
      {(!isScheduled || !needsSecond) && (
        <Field
          label={t(isScheduled ? 'schedule.other' : 'schedule.hour')}
          hint={t(isScheduled ? 'schedule.other_why' : 'schedule.hour_why', { town: townOf(action.time_zone) })}
          type="datetime-local"
          value={hour}
          onChange={(event) => {
            onHour(event.target.value);
          }}
          error={wrong}
        />
      )}
      {schedule.isError && !wrong && (
        <Trouble error={schedule.error} kept={t(isScheduled ? 'schedule.as_before' : 'launch.nothing_sent')} />
      )}
      <div className="buttons">
        {hour && !needsSecond && (
          <button
            type="button"
            className="button"
            aria-disabled={isDirty || schedule.isPending}
            onClick={() => {
              if (!isDirty && !schedule.isPending) schedule.mutate({ ...asked, launch_at: hour });
            }}
          >
            {isDirty ? t('launch.save_before') : t(isScheduled ? 'schedule.move' : 'schedule.set')}
          </button>
        )}
        {isScheduled && (
          <button
            type="button"
            className="button line"
            disabled={schedule.isPending}
            onClick={() => {
              schedule.mutate({ ...asked, launch_at: null });
            }}
          >
            {t('schedule.take_back')}
          </button>
        )}
      </div>
    </div>
  );
}
