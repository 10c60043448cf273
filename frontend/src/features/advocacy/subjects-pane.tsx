import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Subject, SubjectWords } from '@/api/shapes';
import { LANGUAGES } from '@/i18n/i18n';
import { dated } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { closeSubject, editSubject, openSubject } from './ledger-api';
import { SureDialog } from './sure-dialog';
import { useTold } from './use-told';

interface Props {
  subjects: readonly Subject[];
  mayOpen: boolean;
}

/** The subjects on which positions are asked: opened, put into other words, closed. */
export function SubjectsPane({ subjects, mayOpen }: Props) {
  const { t } = useTranslation('advocacy');
  const [edited, setEdited] = useState<Subject | 'new' | null>(null);
  const [closed, setClosed] = useState<Subject | null>(null);
  if (!mayOpen) return null;
  return (
    <Pane title={t('subjects.title')} note={t('subjects.note')}>
      <div className="pane-body">
        <ul className="rows">
          {subjects.map((subject) => (
            <li key={subject.id}>
              <div>
                <b>{subject.title}</b>
                <p className="muted">
                  {subject.closed_at ? t('subjects.done', { day: dated(subject.closed_at) }) : subject.decision}
                </p>
              </div>
              {subject.abilities.edit && (
                <div className="buttons">
                  <button
                    type="button"
                    className="button line"
                    onClick={() => {
                      setEdited(subject);
                    }}
                  >
                    {t('subjects.edit')}
                  </button>
                  <button
                    type="button"
                    className="button bare"
                    onClick={() => {
                      setClosed(subject);
                    }}
                  >
                    {t('subjects.close')}
                  </button>
                </div>
              )}
            </li>
          ))}
        </ul>
        <button
          type="button"
          className="button"
          onClick={() => {
            setEdited('new');
          }}
        >
          {t('subjects.open')}
        </button>
      </div>
      {edited && (
        <SubjectForm
          subject={edited === 'new' ? null : edited}
          onClose={() => {
            setEdited(null);
          }}
        />
      )}
      {closed && (
        <SureDialog
          deed={t('subjects.close')}
          tell={closeSubject}
          id={closed.id}
          onClose={() => {
            setClosed(null);
          }}
        >
          <p>
            <b>{closed.title}</b>
          </p>
          <p>{t('subjects.close_why')}</p>
        </SureDialog>
      )}
    </Pane>
  );
}

function SubjectForm({ subject, onClose }: { subject: Subject | null; onClose: () => void }) {
  const { t } = useTranslation('advocacy');
  const [texts, setTexts] = useState<SubjectWords['texts']>(
    Object.fromEntries(
      LANGUAGES.map((language) => [language, { title: '', decision: '', ...subject?.texts[language] }]),
    ),
  );
  const opening = useTold(openSubject, onClose);
  const editing = useTold(editSubject, onClose);
  const telling = subject ? editing : opening;
  const fields = telling.error?.fields ?? {};

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const written = Object.fromEntries(
      Object.entries(texts).filter(([, { title, decision }]) => title.trim() || decision.trim()),
    );
    const words: SubjectWords = {
      default_language: subject?.default_language === 'en' || !written.fr ? 'en' : 'fr',
      texts: written,
    };
    if (subject) editing.mutate({ ...words, id: subject.id, version: subject.version });
    else opening.mutate(words);
  }

  return (
    <Dialog title={t(subject ? 'subjects.edit' : 'subjects.open')} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        {LANGUAGES.flatMap((language) =>
          (['title', 'decision'] as const).map((name) => (
            <Field
              key={`${language}.${name}`}
              label={t(`subjects.${name}_${language}`)}
              hint={name === 'decision' ? t('subjects.decision_why') : undefined}
              maxLength={name === 'title' ? 120 : 200}
              value={texts[language]?.[name] ?? ''}
              error={fields[`texts.${language}.${name}`]?.[0] ?? fields[`texts.${language}`]?.[0]}
              onChange={(event) => {
                const before = texts[language] ?? { title: '', decision: '' };
                setTexts({ ...texts, [language]: { ...before, [name]: event.target.value } });
              }}
            />
          )),
        )}
        {telling.isError && Object.keys(fields).length === 0 && <Trouble error={telling.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={telling.isPending}>
            {t(subject ? 'subjects.save' : 'subjects.open')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
