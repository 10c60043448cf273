import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Trouble } from '@/ui/trouble';
import { ownQuery, showName } from './own-api';

/** The switch of my first name: what it says counts at once. */
export function OwnName() {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const own = useQuery(ownQuery);
  const show = useMutation({
    mutationFn: showName,
    onSuccess: (data) => {
      queries.setQueryData(ownQuery.queryKey, data);
      return queries.invalidateQueries({ queryKey: ['relays', 'seats'] });
    },
  });
  if (own.isError) return <Trouble error={own.error} retry={() => void own.refetch()} />;
  if (!own.data) return null;
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          role="switch"
          checked={show.isPending ? show.variables : own.data.shows_given_name}
          onChange={(event) => {
            if (!show.isPending) show.mutate(event.target.checked);
          }}
        />
        <span>{t('face.name', { name: own.data.given_name })}</span>
      </label>
      {show.isError && <Trouble error={show.error} kept={t('own.unchanged')} />}
    </>
  );
}
