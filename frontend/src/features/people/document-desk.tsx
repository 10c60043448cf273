import { useTranslation } from 'react-i18next';
import type { DocumentVersion } from '@/api/shapes';
import { Pane } from '@/ui/pane';
import { DocumentEditor } from './document-editor';
import { DocumentTalk } from './document-talk';

interface Props {
  version: DocumentVersion;
  languages: readonly string[];
  /** How many letters its text takes, where it is one sentence beside a box. */
  most?: number;
}

/** One version at the desk: written while it is under way, and what is said of it. */
export function DocumentDesk({ version, languages, most }: Props) {
  const { t } = useTranslation('organiser');
  return (
    <>
      {version.abilities.edit && (
        <DocumentEditor key={version.id} version={version} languages={languages} {...(most ? { most } : {})} />
      )}
      <Pane title={t('charter.version', { number: version.number })} note={t(`charter.state_${version.state}`)}>
        <div className="pane-body side-by-side">
          <DocumentTalk key={version.id} version={version} columns={['', '']} />
        </div>
      </Pane>
    </>
  );
}
