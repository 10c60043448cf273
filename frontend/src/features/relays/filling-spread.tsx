import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { time } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { askSpread, doAboutAsk, proposeSpread } from './filling-api';

/** Neighbours for many seats at once: one relay a seat, nobody twice; each pair can be left out before asking. */
export function FillingSpread({ seats, onClose }: { seats: readonly string[]; onClose: () => void }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const proposed = useQuery({
    queryKey: ['relays', 'filling', 'spread', seats],
    queryFn: () => proposeSpread(seats),
    gcTime: 0,
    staleTime: Infinity,
  });
  const [leftOut, setLeftOut] = useState<readonly string[]>([]);
  const ask = useMutation({
    mutationFn: askSpread,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['relays', 'filling', 'list'] }),
  });
  const undo = useMutation({
    mutationFn: async (ids: readonly string[]) => {
      for (const id of ids) await doAboutAsk({ id, deed: 'take_back' });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['relays', 'filling', 'list'] });
      onClose();
    },
  });
  const pairs = proposed.data?.pairs ?? [];
  const kept = pairs.filter((pair) => !leftOut.includes(pair.seat.id));
  return (
    <Dialog title={t('filling.spread_title')} onClose={onClose}>
      <p>{t('filling.spread_why', { count: seats.length })}</p>
      {proposed.isPending && <Skeleton lines={5} />}
      {proposed.isError && <Trouble error={proposed.error} retry={() => void proposed.refetch()} />}
      {proposed.data && pairs.length === 0 && <p>{t('filling.spread_none')}</p>}
      {!ask.data && (
        <ul className="plain">
          {pairs.map((pair) => (
            <li key={pair.seat.id}>
              <label className="check">
                <input
                  type="checkbox"
                  checked={!leftOut.includes(pair.seat.id)}
                  onChange={(event) => {
                    setLeftOut(
                      event.target.checked ? leftOut.filter((id) => id !== pair.seat.id) : [...leftOut, pair.seat.id],
                    );
                  }}
                />
                <span>
                  <b>{pair.name}</b> <Raised text={t('filling.spread_for', { place: pair.seat.name })} />
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      {proposed.data && proposed.data.alone.length > 0 && !ask.data && (
        <p className="note">
          <Raised
            text={t('filling.spread_alone', {
              count: proposed.data.alone.length,
              places: proposed.data.alone.map((seat) => seat.code).join(', '),
            })}
          />
        </p>
      )}
      {ask.data && (
        <p role="status">{t('filling.asked', { count: ask.data.asks.length, time: time(ask.data.leaves_at) })}</p>
      )}
      {(ask.isError || undo.isError) && <Trouble error={ask.error ?? undo.error} kept={t('filling.unchanged')} />}
      <div className="buttons">
        {ask.data ? (
          <>
            <button type="button" className="button" onClick={onClose}>
              {t('filling.close')}
            </button>
            <button
              type="button"
              className="button line"
              disabled={undo.isPending}
              onClick={() => {
                undo.mutate(ask.data.asks.map((one) => one.id));
              }}
            >
              {t('filling.undo')}
            </button>
          </>
        ) : (
          <>
            <button
              type="button"
              className="button"
              disabled={ask.isPending || kept.length === 0}
              onClick={() => {
                ask.mutate(kept.map((pair) => ({ seat: pair.seat.id, person: pair.person })));
              }}
            >
              {t('filling.spread_do', { count: kept.length })}
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
