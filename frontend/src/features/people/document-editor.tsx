import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { DocumentTexts, DocumentVersion, DocumentWords } from '@/api/shapes';
import { useDraft } from '@/lib/use-draft';
import { Trouble } from '@/ui/trouble';
import { documentQueries, editDocument } from './document-api';
import { DocumentLanguage } from './document-language';
import { DocumentSteps } from './document-steps';

interface Props {
  version: DocumentVersion;
  languages: readonly string[];
  /** How many letters its text takes, where it is one sentence beside a box. */
  most?: number;
}

interface Draft {
  /** Of the version that was on the screen when the typing began. */
  revision: number;
  texts: DocumentTexts;
}

const NOTHING: DocumentWords = { title: '', summary: '', body: '' };

/**
 * A version under way: its words in each language, saved together, and the next step of its life.
 * What is typed is kept on this device until it is saved, with the state of the version it was typed over.
 */
export function DocumentEditor({ version, languages, most }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { draft, change, forget, isRestored } = useDraft<Draft>(`charter:${version.id}`, {
    revision: version.revision,
    texts: version.texts,
  });
  const [isTyped, setTyped] = useState(false);
  const isDirty = isTyped || isRestored;
  const texts = isDirty ? draft.texts : version.texts;
  const isOvertaken = isDirty && draft.revision !== version.revision;
  const save = useMutation({
    mutationFn: editDocument,
    onSuccess: async (saved) => {
      setTyped(false);
      await forget();
      queries.setQueryData(documentQueries.version(saved.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['people', 'charter'] });
    },
    // Somebody may have been faster: what they saved is read, and ours stays until it is said what to do.
    onError: () => queries.invalidateQueries({ queryKey: documentQueries.version(version.id).queryKey }),
  });
  const fields = save.isError ? asProblem(save.error).fields : {};

  /** Back to what is saved, on this device too. */
  async function discard() {
    setTyped(false);
    await forget();
  }
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ id: version.id, revision: version.revision, texts });
  }
  return (
    <form onSubmit={onSubmit} noValidate style={{ display: 'contents' }}>
      {save.isError && <Trouble error={save.error} kept={t('common:charter.kept')} />}
      {save.isSuccess && !isDirty && (
        <p className="notice is-good" role="status">
          {t('charter.saved')}
        </p>
      )}
      {(isRestored || isOvertaken) && (
        <div className="notice" role="status">
          <p>{t(isOvertaken ? 'charter.overtaken' : 'charter.kept_here')}</p>
          <button type="button" className="button bare" onClick={() => void discard()}>
            {t('charter.discard')}
          </button>
        </div>
      )}
      <div className="side-by-side">
        {languages.map((language, at) => (
          <DocumentLanguage
            key={language}
            id={version.id}
            language={language}
            isMain={at === 0}
            {...(most ? { most } : {})}
            words={texts[language] ?? NOTHING}
            errors={{
              title: fields[`texts.${language}.title`]?.[0],
              body: fields[`texts.${language}.body`]?.[0],
            }}
            onChange={(part) => {
              setTyped(true);
              change({
                revision: isDirty ? draft.revision : version.revision,
                texts: { ...texts, [language]: { ...(texts[language] ?? NOTHING), ...part } },
              });
            }}
          />
        ))}
      </div>
      <div className="buttons">
        <button type="submit" className="button" disabled={save.isPending || !isDirty}>
          {t('charter.save')}
        </button>
      </div>
      <DocumentSteps version={version} isDirty={isDirty} />
    </form>
  );
}
