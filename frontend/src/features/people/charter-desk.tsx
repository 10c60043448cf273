import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Charter } from '@/api/shapes';
import { day } from '@/lib/format';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { charterQuery, draftCharter } from './charter-api';
import { documentQueries } from './document-api';
import { DocumentDesk } from './document-desk';

/** The charter at the desk: the version under way, what is said of it, and the one in force. */
export function CharterDesk({ children }: { children: ReactNode }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const charter = useQuery(charterQuery);
  const shown = charter.data?.under_way ?? charter.data?.in_force;
  const version = useQuery({ ...documentQueries.version(shown?.id ?? ''), enabled: Boolean(shown) });
  const draft = useMutation({
    mutationFn: draftCharter,
    onSettled: () => queries.invalidateQueries({ queryKey: ['people', 'charter'] }),
  });
  return (
    <>
      <DeskHead
        title={t('charter.title')}
        lead={charter.data ? <Raised text={stands(charter.data, t)} /> : t('charter.lead')}
      >
        {charter.data?.abilities.draft && (
          <button
            type="button"
            className="button"
            disabled={draft.isPending}
            onClick={() => {
              draft.mutate();
            }}
          >
            {t(charter.data.in_force ? 'charter.begin_next' : 'charter.begin')}
          </button>
        )}
        <Link className="button line" to="/desk/wordings">
          {t('wordings.title')}
        </Link>
      </DeskHead>
      {draft.isError && <Trouble error={draft.error} />}
      <ListBody list={charter} blank={null}>
        {shown && version.isError && <Trouble error={version.error} retry={() => void version.refetch()} />}
        {version.data && charter.data && (
          <>
            <DocumentDesk version={version.data} languages={charter.data.languages} />
            <Versions charter={charter.data} />
          </>
        )}
      </ListBody>
      {children}
    </>
  );
}

function stands(charter: Charter, t: TFunction<'organiser'>): string {
  const { in_force: inForce, under_way: underWay } = charter;
  if (underWay?.state === 'proposed')
    return t('charter.stands_proposed', { number: underWay.number, day: day(underWay.comments_until ?? '') });
  if (inForce) return t('charter.stands_in_force', { number: inForce.number, day: day(inForce.adopted_at ?? '') });
  return t('charter.lead');
}

function Versions({ charter }: { charter: Charter }) {
  const { t } = useTranslation('organiser');
  const settled = charter.versions.filter((row) => row.state === 'adopted' || row.state === 'superseded');
  if (settled.length === 0) return null;
  return (
    <Pane title={t('charter.versions')}>
      <div className="pane-body">
        <ul className="plain">
          {settled.map((row) => (
            <li key={row.id}>
              <a href={`/${document.documentElement.lang}/charter/${String(row.number)}/`}>
                {t('charter.version', { number: row.number })}
              </a>{' '}
              <span className="note">
                <Raised text={t('charter.adopted_on', { day: day(row.adopted_at ?? '') })} />
              </span>
            </li>
          ))}
        </ul>
        <p>
          <a href={`/${document.documentElement.lang}/charter/paper/`}>{t('charter.paper')}</a>
        </p>
      </div>
    </Pane>
  );
}
