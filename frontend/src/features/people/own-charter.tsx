import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Charter, DocumentVersion } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { agreeToCharter, charterQuery } from './charter-api';
import { documentQueries } from './document-api';
import { DocumentTalk } from './document-talk';

/** The charter for who holds a seat, or will: read it, see what changes, say something, agree. */
export function OwnCharter({ chosen }: { chosen: string }) {
  const { t } = useTranslation('common');
  const charter = useQuery(charterQuery);
  const found = charter.data;
  const rows = found ? [...found.versions, ...found.proposed_wordings] : [];
  const wanted = rows.find((row) => row.id === chosen) ?? found?.in_force ?? found?.under_way;
  const version = useQuery({ ...documentQueries.version(wanted?.id ?? ''), enabled: Boolean(wanted) });
  const isWording = version.data?.kind === 'house_wording';
  const error = charter.error ?? version.error;
  return (
    <>
      <div className="whole">
        <h1 lang={version.data?.language}>{version.data?.title ?? t('charter.title')}</h1>
        {isWording && <p className="lead">{t('charter.beside_a_box')}</p>}
        {found && !isWording && <Versions charter={found} shown={wanted?.id ?? ''} />}
        {error && <Trouble error={error} retry={() => void charter.refetch()} />}
        {!error && (charter.isPending || (wanted && version.isPending)) && <Skeleton lines={8} />}
        {found && !wanted && <p className="lead">{t('charter.none')}</p>}
        {version.data && <Agreeing version={version.data} />}
      </div>
      {version.data && (
        <DocumentTalk
          key={version.data.id}
          version={version.data}
          columns={['member-column card', 'member-column card']}
        />
      )}
    </>
  );
}

function Versions({ charter, shown }: { charter: Charter; shown: string }) {
  const { t } = useTranslation('common');
  return (
    <ul className="plain charter-versions">
      {charter.versions
        .filter((row) => row.state !== 'withdrawn' && row.state !== 'draft')
        .map((row) => (
          <li key={row.id}>
            <Link to={`?version=${row.id}`} aria-current={row.id === shown ? 'page' : undefined}>
              {t('charter.version', { number: row.number })}
            </Link>{' '}
            <span className="note">{t(`charter.is_${row.state}`)}</span>
          </li>
        ))}
    </ul>
  );
}

function Agreeing({ version }: { version: DocumentVersion }) {
  const { t } = useTranslation('common');
  const queries = useQueryClient();
  const agree = useMutation({
    mutationFn: agreeToCharter,
    onSuccess: (charter) => {
      queries.setQueryData(charterQuery.queryKey, charter);
      return queries.invalidateQueries({ queryKey: ['people', 'charter', 'version'] });
    },
  });
  if (version.agreed_at)
    return (
      <p className="notice is-good" role="status">
        <Raised text={t('charter.agreed', { day: day(version.agreed_at) })} />
      </p>
    );
  if (!version.abilities.agree) return null;
  return (
    <div className="notice">
      <p>
        <Raised text={t('charter.agree_why', { day: day(version.agree_by ?? '') })} />
      </p>
      {agree.isError && <Trouble error={agree.error} />}
      <button
        type="button"
        className="button"
        disabled={agree.isPending}
        onClick={() => {
          agree.mutate(version.id);
        }}
      >
        {t('charter.agree')}
      </button>
    </div>
  );
}
