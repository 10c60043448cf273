import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { CharterTexts, CharterVersion, CharterWords } from '@/api/shapes';
import { Trouble } from '@/ui/trouble';
import { charterQueries, editCharter } from './charter-api';
import { CharterLanguage } from './charter-language';
import { CharterSteps } from './charter-steps';

const NOTHING: CharterWords = { title: '', summary: '', body: '' };

/** A version under way: its words in each language, saved together, and the next step of its life. */
export function CharterEditor({ version, languages }: { version: CharterVersion; languages: readonly string[] }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [texts, setTexts] = useState<CharterTexts>(version.texts);
  const [isDirty, setDirty] = useState(false);
  const save = useMutation({
    mutationFn: editCharter,
    onSuccess: async (saved) => {
      setDirty(false);
      queries.setQueryData(charterQueries.version(saved.id).queryKey, saved);
      await queries.invalidateQueries({ queryKey: ['people', 'charter'] });
    },
  });
  const fields = save.isError ? asProblem(save.error).fields : {};

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
      <div className="side-by-side">
        {languages.map((language, at) => (
          <CharterLanguage
            key={language}
            id={version.id}
            language={language}
            isMain={at === 0}
            words={texts[language] ?? NOTHING}
            errors={{
              title: fields[`texts.${language}.title`]?.[0],
              body: fields[`texts.${language}.body`]?.[0],
            }}
            onChange={(part) => {
              setDirty(true);
              setTexts({ ...texts, [language]: { ...(texts[language] ?? NOTHING), ...part } });
            }}
          />
        ))}
      </div>
      <div className="buttons">
        <button type="submit" className="button" disabled={save.isPending || !isDirty}>
          {t('charter.save')}
        </button>
      </div>
      <CharterSteps version={version} isDirty={isDirty} />
    </form>
  );
}
