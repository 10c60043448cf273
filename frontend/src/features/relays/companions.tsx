import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Trouble } from '@/ui/trouble';
import { askForCompanion, careQueries } from './care-api';
import { CompanionCard } from './companion-card';

/** Who accompanies me and whom I accompany; whoever said no may ask later. */
export function Companions({ mayAsk }: { mayAsk?: boolean }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const companions = useQuery(careQueries.companions);
  const ask = useMutation({
    mutationFn: askForCompanion,
    onSettled: () => queries.invalidateQueries({ queryKey: ['relays', 'companions'] }),
  });
  const asked = mayAsk ? (companions.data?.may_ask ?? []) : [];
  return (
    <>
      {companions.isError && <Trouble error={companions.error} retry={() => void companions.refetch()} />}
      {companions.data?.items.map((companion) => (
        <CompanionCard
          key={companion.id + companion.status}
          companion={companion}
          contacts={companions.data.contacts}
        />
      ))}
      {asked.length > 0 && (
        <section className="card" aria-labelledby="companions-ask">
          <h2 id="companions-ask">{t('companion.ask_title')}</h2>
          <p>{t('companion.ask_why')}</p>
          {ask.isError && <Trouble error={ask.error} />}
          <div className="buttons">
            {asked.map(({ term_id, kind }) => (
              <button
                key={term_id + kind}
                type="button"
                className="button line"
                disabled={ask.isPending}
                onClick={() => {
                  ask.mutate({ term_id, kind });
                }}
              >
                {t(`companion.ask_${kind}`)}
              </button>
            ))}
          </div>
        </section>
      )}
    </>
  );
}
