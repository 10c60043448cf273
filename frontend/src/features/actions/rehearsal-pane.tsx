import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action, ActionSeat } from '@/api/shapes';
import { LANGUAGES } from '@/i18n/i18n';
import { isFound } from '@/lib/fold';
import { instant } from '@/lib/format';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries, rehearse } from './api';
import { SeatChooser } from './seat-chooser';

const SHOWN = 8;

interface Props {
  action: Action;
  isDirty: boolean;
  seats: readonly ActionSeat[];
  seat: string;
  onSeat: (id: string) => void;
}

/** Before the launch: the brief of one seat goes to me and up to five colleagues, as its holder would get it. */
export function RehearsalPane({ action, isDirty, seats, seat, onSeat }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const query = actionQueries.rehearsals(action.id);
  const found = useQuery(query);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [search, setSearch] = useState('');
  const [language, setLanguage] = useState('');
  const send = useMutation({
    mutationFn: rehearse,
    onSuccess: (rehearsals) => {
      queries.setQueryData(query.queryKey, rehearsals);
    },
  });
  const most = found.data?.colleagues_most ?? 0;
  const colleagues = found.data?.colleagues ?? [];
  const shown = colleagues
    .filter(({ id, name }) => chosen.includes(id) || !search.trim() || isFound(name, search))
    .filter(({ id }, index) => chosen.includes(id) || index < SHOWN);
  const whose = seat || seats[0]?.id;
  return (
    <Pane title={t('rehearsal.title')}>
      <div className="pane-body fields">
        <p>{t('rehearsal.why')}</p>
        {found.isPending && <Skeleton lines={4} />}
        {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
        {found.data && (
          <>
            <SeatChooser seats={seats} chosen={seat} onChoose={onSeat} />
            <Select
              label={t('rehearsal.language')}
              value={language}
              options={[
                { value: '', label: t('rehearsal.language_theirs') },
                ...LANGUAGES.map((each) => ({ value: each, label: t(`editor.language_${each}`) })),
              ]}
              onChange={(event) => {
                setLanguage(event.target.value);
              }}
            />
            {colleagues.length > SHOWN && (
              <Field
                label={t('rehearsal.search')}
                type="search"
                value={search}
                onChange={(event) => {
                  setSearch(event.target.value);
                }}
              />
            )}
            {colleagues.length > 0 && (
              <fieldset className="group">
                <legend>{t('rehearsal.colleagues', { count: most })}</legend>
                {shown.map(({ id, name }) => (
                  <Check
                    key={id}
                    label={name}
                    isChecked={chosen.includes(id)}
                    onCheck={(isChecked) => {
                      const others = chosen.filter((each) => each !== id);
                      setChosen(isChecked && others.length < most ? [...others, id] : others);
                    }}
                  />
                ))}
              </fieldset>
            )}
            {send.isError && <Trouble error={send.error} kept={t('rehearsal.nothing_sent')} />}
            {send.isSuccess && (
              <p className="notice is-good" role="status">
                {t('rehearsal.sent')}
              </p>
            )}
            <div>
              <button
                type="button"
                className="button line"
                disabled={isDirty || !whose || send.isPending}
                onClick={() => {
                  if (whose)
                    send.mutate({
                      id: action.id,
                      version: action.version,
                      seat: whose,
                      colleagues: [...chosen],
                      ...(language === 'fr' || language === 'en' ? { language } : {}),
                    });
                }}
              >
                {isDirty ? t('launch.save_before') : t('rehearsal.send', { count: chosen.length })}
              </button>
            </div>
            {found.data.items.length > 0 && (
              <ul className="rows">
                {found.data.items.map((one) => (
                  <li key={one.id}>
                    <div>
                      <b>
                        <Raised text={`${instant(one.rehearsed_at)}, ${one.seat.name}`} />
                      </b>
                      <p>
                        {one.by && `${t('rehearsal.by', { name: one.by })} `}
                        {t('rehearsal.to', { names: one.readers.join(', ') })}
                      </p>
                      {one.version !== action.version && <p className="note">{t('rehearsal.older')}</p>}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </Pane>
  );
}
