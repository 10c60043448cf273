import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { SIDES, type Side } from '@/api/shapes';
import { shortDay } from '@/lib/format';
import { useDebounced } from '@/lib/use-debounced';
import { Choices } from '@/ui/choices';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { useTold } from './use-told';
import { rollCallsQuery, tieRollCall } from './votes-api';

/** Find a roll call, say that it was on this subject, and which vote was for that. */
export function TieRollCall({ subject, onClose }: { subject: string; onClose: () => void }) {
  const { t } = useTranslation('advocacy');
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState('');
  const [side, setSide] = useState<Side | ''>('');
  const found = useQuery(rollCallsQuery(useDebounced(query.trim())));
  const tying = useTold(tieRollCall, onClose);
  const free = found.data?.items.filter((rollCall) => !rollCall.subject) ?? [];
  const id = free.some((rollCall) => rollCall.id === chosen) ? chosen : (free[0]?.id ?? '');
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (side) tying.mutate({ id, subject, favourable: side });
  }
  return (
    <Dialog title={t('votes.tie')} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        <Field
          label={t('votes.find')}
          type="search"
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
          }}
        />
        {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
        {found.data && free.length === 0 && <p>{t('votes.none_found')}</p>}
        {free.length > 0 && (
          <Select
            label={t('votes.which')}
            value={id}
            options={free.map((rollCall) => ({
              value: rollCall.id,
              label: `${t('votes.one', { number: rollCall.number, day: shortDay(rollCall.on) })}, ${rollCall.title}`,
            }))}
            onChange={(event) => {
              setChosen(event.target.value);
            }}
          />
        )}
        <p>{free.find((rollCall) => rollCall.id === id)?.title}</p>
        <Choices<Side>
          legend={t('votes.favourable')}
          value={side}
          onChange={setSide}
          options={SIDES.map((value) => ({ value, label: t(`votes.side.${value}`) }))}
        />
        {tying.isError && <Trouble error={tying.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={!id || !side || tying.isPending}>
            {t('votes.tie')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
