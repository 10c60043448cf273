import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { documentQueries } from './document-api';
import { DocumentDesk } from './document-desk';
import { wordingsQuery } from './wordings-api';

/** One wording at the desk: what is read now, the organisation's next words, and what is said of them. */
export function WordingDesk({ slug }: { slug: string }) {
  const { t } = useTranslation('organiser');
  const wordings = useQuery(wordingsQuery);
  const wording = wordings.data?.items.find((item) => item.slug === slug);
  const shown = wording?.under_way ?? wording?.versions.find((row) => row.state === 'adopted');
  const version = useQuery({ ...documentQueries.version(shown?.id ?? ''), enabled: Boolean(shown) });
  return (
    <>
      <DeskHead title={wording?.title ?? t('wordings.title')} lead={t('wordings.one_lead')}>
        <Link className="button line" to="/desk/wordings">
          {t('wordings.all')}
        </Link>
      </DeskHead>
      <ListBody list={wordings} blank={null}>
        {wordings.data && !wording && <p className="muted">{t('wordings.unknown')}</p>}
        {wording && (
          <Pane title={t('wordings.now')} note={t(wording.is_own ? 'wordings.own' : 'wordings.software')}>
            <div className="pane-body">
              <blockquote className="wording">{wording.in_force.text}</blockquote>
              <p className="muted">{t('wordings.must_say')}</p>
            </div>
          </Pane>
        )}
        {shown && version.isError && <Trouble error={version.error} retry={() => void version.refetch()} />}
        {wordings.data && version.data && (
          <DocumentDesk version={version.data} languages={wordings.data.languages} most={wordings.data.most} />
        )}
      </ListBody>
    </>
  );
}
