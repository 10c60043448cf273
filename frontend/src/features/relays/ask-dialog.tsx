import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { AskKind, SeatToFillWhole } from '@/api/shapes';
import { time } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { askPeople, doAboutAsk, fillingQueries } from './filling-api';

interface Props {
  seat: SeatToFillWhole;
  kind: AskKind;
  people: readonly { id: string; name: string }[];
  onClose: () => void;
}

/** What a press will do to whom: the letter as its first reader gets it; then the minutes in which it is undone. */
export function AskDialog({ seat, kind, people, onClose }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [first] = people;
  const letter = useQuery({ ...fillingQueries.letter(seat.id, kind, first?.id ?? ''), enabled: Boolean(first) });
  const again = () => queries.invalidateQueries({ queryKey: ['relays', 'filling'] });
  const ask = useMutation({ mutationFn: askPeople, onSuccess: again });
  const undo = useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await doAboutAsk({ id, deed: 'take_back' });
    },
    onSuccess: async () => {
      await again();
      onClose();
    },
  });
  const names = people.map((one) => one.name).join(', ');
  const done = ask.data;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? '';
  return (
    <Dialog title={t(`filling.ask_title_${kind}`, { count: people.length, name: first?.name })} onClose={onClose}>
      {done ? (
        <div role="status">
          {done.asks.length > 0 && <p>{t('filling.asked', { count: done.asks.length, time: time(done.leaves_at) })}</p>}
          {done.unasked.length > 0 && (
            <ul className="plain">
              {done.unasked.map((one) => (
                <li key={one.person}>{t('filling.unasked', { name: nameOf(one.person), why: one.why })}</li>
              ))}
            </ul>
          )}
        </div>
      ) : (
        <>
          <p>
            <Raised text={t('filling.ask_what', { count: people.length, names, place: seat.name })} />
          </p>
          {letter.isPending && <Skeleton lines={6} />}
          {letter.isError && <Trouble error={letter.error} retry={() => void letter.refetch()} />}
          {letter.data && (
            <section className="letter" lang={letter.data.language} aria-label={t('filling.letter')} tabIndex={0}>
              <b>{letter.data.subject}</b>
              <p style={{ whiteSpace: 'pre-line' }}>{letter.data.text}</p>
            </section>
          )}
        </>
      )}
      {(ask.isError || undo.isError) && <Trouble error={ask.error ?? undo.error} kept={t('filling.unchanged')} />}
      <div className="buttons">
        {done ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              {t('filling.close')}
            </button>
            {done.asks.length > 0 && (
              <button
                type="button"
                className="button line"
                disabled={undo.isPending}
                onClick={() => {
                  undo.mutate(done.asks.map((one) => one.id));
                }}
              >
                {t('filling.undo')}
              </button>
            )}
          </>
        ) : (
          <>
            <button
              type="button"
              className="button"
              disabled={ask.isPending || !letter.data}
              onClick={() => {
                ask.mutate({ id: seat.id, kind, people: people.map((one) => one.id) });
              }}
            >
              {t('filling.ask_do', { count: people.length, name: first?.name })}
            </button>
            <button type="button" className="button line" onClick={onClose}>
              {t('common:cancel')}
            </button>
          </>
        )}
      </div>
    </Dialog>
  );
}
