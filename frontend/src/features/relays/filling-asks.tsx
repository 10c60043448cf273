import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { SeatAsk } from '@/api/shapes';
import { day, time } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { type AskDeed, doAboutAsk } from './filling-api';
import { Readiness } from './readiness';

const LACKS = ['charter_missing', 'qualification_missing'];

/** Who was asked for this seat, a neighbour's yes first: it waits for a confirmation, and for what a seat asks for. */
export function FillingAsks({ asks }: { asks: readonly SeatAsk[] }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const act = useMutation({
    mutationFn: doAboutAsk,
    onSettled: () => queries.invalidateQueries({ queryKey: ['relays'] }),
  });
  if (asks.length === 0) return null;
  const deeds: readonly AskDeed[] = ['confirm', 'set_aside', 'take_back'];
  const isElsewhere =
    act.isError &&
    LACKS.includes(asProblem(act.error).code) &&
    asks.some((ask) => ask.id === act.variables.id && !ask.term);
  return (
    <section className="panel-section">
      <h3>{t('filling.asks')}</h3>
      <ul className="plain">
        {asks.map((ask) => (
          <li key={ask.id}>
            <b>{ask.name}</b>{' '}
            <small>
              <Raised
                text={
                  ask.status === 'waiting' && !ask.has_left
                    ? t('filling.leaves_at', { time: time(ask.leaves_at) })
                    : t(`filling.ask_${ask.kind}_${ask.status}`, { day: day(ask.answered_at ?? ask.asked_at) })
                }
              />
            </small>
            {deeds.some((deed) => ask.abilities[deed]) && (
              <div className="buttons">
                {deeds
                  .filter((deed) => ask.abilities[deed])
                  .map((deed) => (
                    <button
                      key={deed}
                      type="button"
                      className={deed === 'confirm' ? 'button' : 'button line'}
                      disabled={act.isPending}
                      onClick={() => {
                        act.mutate({ id: ask.id, deed });
                      }}
                    >
                      {t(`filling.deed_${deed}`, { name: ask.name })}
                    </button>
                  ))}
              </div>
            )}
            {ask.abilities.confirm && ask.term && <Readiness who={{ kind: 'term', id: ask.term }} />}
          </li>
        ))}
      </ul>
      {act.isError && (
        <Trouble error={act.error} kept={t(isElsewhere ? 'filling.lacks_elsewhere' : 'filling.unchanged')} />
      )}
    </section>
  );
}
