import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportRead } from '@/api/shapes';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { uploadPeople } from './import-api';
import { SEPARATOR_WORDS } from './import-draft';
import { ImportSelect } from './import-select';

const ENCODINGS = ['utf-8', 'cp1252', 'utf-16'] as const;
const SEPARATORS = [';', ',', '\t'] as const;

/** Choose a file; how it is written is found, unless one knows better. */
export function ImportUpload({ onRead }: { onRead: (read: ImportRead) => void }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const id = useId();
  const [file, setFile] = useState<File>();
  const [encoding, setEncoding] = useState('');
  const [separator, setSeparator] = useState('');
  const [isMissing, setMissing] = useState(false);
  const upload = useMutation({
    mutationFn: uploadPeople,
    onSuccess: async (read) => {
      queries.setQueryData(['imports', 'one', read.id], read);
      await queries.invalidateQueries({ queryKey: ['imports', 'list'] });
      onRead(read);
    },
  });
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    setMissing(!file);
    if (file) upload.mutate({ file, encoding, separator });
  }
  return (
    <Pane title={t('import.file')}>
      <form className="pane-body fields import-form" onSubmit={onSubmit} noValidate>
        <p>{t('import.file_why')}</p>
        <div className="field">
          <label htmlFor={id}>{t('import.choose')}</label>
          <input
            id={id}
            className="input"
            type="file"
            accept=".csv,.txt,.tsv,text/csv,text/plain"
            aria-invalid={isMissing || undefined}
            aria-describedby={`${id}-hint`}
            onChange={(event) => {
              setFile(event.target.files?.[0]);
              setMissing(false);
            }}
          />
          <p className={isMissing ? 'error' : 'hint'} id={`${id}-hint`}>
            {t(isMissing ? 'import.choose_first' : 'import.choose_hint')}
          </p>
        </div>
        <details>
          <summary>{t('import.written')}</summary>
          <div className="fields two">
            <ImportSelect
              label={t('import.encoding')}
              value={encoding}
              blank={t('import.found')}
              options={ENCODINGS.map((value) => ({ value, label: t(`import.encoding_${value}`) }))}
              onChange={setEncoding}
            />
            <ImportSelect
              label={t('import.separator')}
              value={separator}
              blank={t('import.found')}
              options={SEPARATORS.map((value) => ({ value, label: t(`import.separator_${SEPARATOR_WORDS[value]}`) }))}
              onChange={setSeparator}
            />
          </div>
        </details>
        {upload.isError && <Trouble error={upload.error} kept={t('import.nothing_yet')} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={upload.isPending}>
            {t(upload.isPending ? 'import.reading' : 'import.read')}
          </button>
        </div>
        <p className="hint">{t('import.fate')}</p>
      </form>
    </Pane>
  );
}
