import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { CALENDAR_KINDS, type CalendarKind, type CalendarWindow } from '@/api/shapes';
import { organisedPlacesQuery } from '@/entities/area/organised-places';
import { meQuery } from '@/entities/person/me';
import { LANGUAGES } from '@/i18n/i18n';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { calendarQuery, removeWindow, writeWindow } from './calendar-api';

interface Props {
  /** What is changed; absent for a new one. */
  window?: CalendarWindow | undefined;
  onLeave: () => void;
}

/** Days of a place that the reader organises: written, changed, taken away. */
export function CalendarForm({ window, onLeave }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const me = useQuery(meQuery);
  const organised = useQuery(organisedPlacesQuery);
  const country = me.data?.grants.find(({ role, area }) => role === 'organiser' && area.kind === 'country')?.area;
  const places = [
    ...(country ? [{ id: '', name: t('calendar.whole_country'), country: country.country, kind: '', code: '' }] : []),
    ...(organised.data ?? []),
  ];
  const named = places.map(({ code, kind }) => `${kind}/${code}`);
  const theirs = window && (window.area.is_country ? '/' : `${window.area.kind}/${window.area.code}`);
  const [kind, setKind] = useState<CalendarKind>(window?.kind ?? 'holiday');
  const [place, setPlace] = useState(theirs ?? '');
  const [starts, setStarts] = useState(window?.starts_on ?? '');
  const [ends, setEnds] = useState(window?.ends_on ?? '');
  const [labels, setLabels] = useState<Record<string, string>>(window?.labels ?? {});
  const [source, setSource] = useState(window?.source ?? '');
  const settle = async () => {
    await queries.invalidateQueries({ queryKey: calendarQuery.queryKey });
    await queries.invalidateQueries({ queryKey: ['actions', 'one'] });
  };
  const write = useMutation({
    mutationFn: writeWindow,
    onSuccess: async () => {
      await settle();
      if (window) onLeave();
      else setLabels({});
    },
  });
  const remove = useMutation({
    mutationFn: removeWindow,
    onSuccess: async () => {
      await settle();
      onLeave();
    },
  });
  const fields = write.isError ? asProblem(write.error).fields : {};
  const where = place || (named[0] ?? '');
  // A place below a department, brought by a file, stays what it was.
  const isElsewhere = Boolean(theirs) && !named.includes(theirs ?? '');

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const found = places.find(({ code, kind: level }) => `${level}/${code}` === where);
    const area = found ?? window?.area;
    const at = {
      country: area?.country ?? '',
      area_kind: found ? found.kind : (window?.area.kind ?? ''),
      area: found ? found.code : (window?.area.code ?? ''),
    };
    write.mutate({ id: window?.id ?? null, kind, ...at, starts_on: starts, ends_on: ends, labels, source });
  }
  return (
    <Pane title={t(window ? 'calendar.change' : 'calendar.add')}>
      <form className="pane-body fields" onSubmit={onSubmit}>
        <Select
          label={t('calendar.column_kind')}
          hint={kind === 'silence' ? t('calendar.silence_why') : undefined}
          value={kind}
          options={CALENDAR_KINDS.map((name) => ({ value: name, label: t(`calendar.kind_${name}`) }))}
          error={fields.kind?.[0]}
          onChange={(event) => {
            setKind(event.target.value as CalendarKind);
          }}
        />
        <Select
          label={t('calendar.column_area')}
          value={where}
          options={[
            ...(isElsewhere && window ? [{ value: theirs ?? '', label: window.area.name }] : []),
            ...places.map(({ code, kind: level, name }) => ({ value: `${level}/${code}`, label: name })),
          ]}
          error={fields.area?.[0]}
          onChange={(event) => {
            setPlace(event.target.value);
          }}
        />
        {organised.isError && <Trouble error={organised.error} retry={() => void organised.refetch()} />}
        {LANGUAGES.map((language, index) => (
          <Field
            key={language}
            label={t('calendar.label_in', { language: t(`paragraphs.language_${language}`) })}
            lang={language}
            maxLength={120}
            value={labels[language] ?? ''}
            error={index === 0 ? fields.labels?.[0] : undefined}
            onChange={(event) => {
              setLabels({ ...labels, [language]: event.target.value });
            }}
          />
        ))}
        <Field
          label={t('calendar.column_from')}
          type="date"
          required
          value={starts}
          error={fields.starts_on?.[0]}
          onChange={(event) => {
            setStarts(event.target.value);
          }}
        />
        <Field
          label={t('calendar.column_to')}
          hint={t('calendar.to_why')}
          type="date"
          required
          value={ends}
          error={fields.ends_on?.[0]}
          onChange={(event) => {
            setEnds(event.target.value);
          }}
        />
        <Field
          label={t('calendar.column_source')}
          hint={t('calendar.source_why')}
          maxLength={300}
          value={source}
          error={fields.source?.[0]}
          onChange={(event) => {
            setSource(event.target.value);
          }}
        />
        {write.isError && Object.keys(fields).length === 0 && <Trouble error={write.error} kept={t('calendar.kept')} />}
        {remove.isError && <Trouble error={remove.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={write.isPending || places.length === 0}>
            {t(window ? 'calendar.save' : 'calendar.add_do')}
          </button>
          {window && (
            <>
              <button
                type="button"
                className="button stop"
                disabled={remove.isPending}
                onClick={() => {
                  remove.mutate(window.id);
                }}
              >
                {t('calendar.remove')}
              </button>
              <button type="button" className="button line" onClick={onLeave}>
                {t('calendar.leave')}
              </button>
            </>
          )}
        </div>
        <p className="note" role="status">
          {write.isSuccess && !window && t('calendar.added')}
        </p>
      </form>
    </Pane>
  );
}
