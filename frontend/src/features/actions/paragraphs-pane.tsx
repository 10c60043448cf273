import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action, LocalParagraph } from '@/api/shapes';
import { type Language, LANGUAGES } from '@/i18n/i18n';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries, writeParagraph } from './api';
import { ParagraphForm } from './paragraph-form';

const key = ({ area, language }: Pick<LocalParagraph, 'area' | 'language'>) => `${area.id}:${language}`;

/** What parts of the territory add at the end of a launched brief, for the seats below them. */
export function ParagraphsPane({ action }: { action: Action }) {
  const { t } = useTranslation('organiser');
  const query = actionQueries.paragraphs(action.id);
  const found = useQuery(query);
  const [takenOut, setTakenOut] = useState<readonly LocalParagraph[]>([]);
  const items = found.data?.items ?? [];
  const written = new Set(items.map(key));
  const gone = takenOut.filter((one) => !written.has(key(one)));
  const isOpen = found.data?.is_open ?? false;
  return (
    <Pane title={t('paragraphs.title')}>
      <div className="pane-body fields">
        <p>{t('paragraphs.why')}</p>
        {found.isPending && <Skeleton lines={4} />}
        {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
        {found.data && items.length === 0 && <p className="muted">{t('paragraphs.none')}</p>}
        {[...items, ...gone].map((one) =>
          one.is_theirs && isOpen ? (
            <ParagraphForm
              // Another version on the server is another text to start from.
              key={`${key(one)}:${one.version}`}
              actionId={action.id}
              paragraph={one}
              isTakenOut={!written.has(key(one))}
              onTakenOut={() => {
                setTakenOut([...takenOut.filter((other) => key(other) !== key(one)), one]);
              }}
            />
          ) : (
            <div key={key(one)} className="field">
              <b>
                <Raised text={`${one.area.name}, ${t(`paragraphs.language_${one.language}`)}`} />
              </b>
              <p lang={one.language}>{one.words}</p>
              {one.by && <p className="note">{t('paragraphs.by', { name: one.by })}</p>}
            </div>
          ),
        )}
        {isOpen && found.data && found.data.areas.length > 0 && (
          <NewParagraph
            actionId={action.id}
            areas={found.data.areas}
            isTaken={(area, language) =>
              [...items, ...gone].some((one) => one.area.id === area && one.language === language)
            }
          />
        )}
      </div>
    </Pane>
  );
}

interface NewProps {
  actionId: string;
  areas: readonly LocalParagraph['area'][];
  isTaken: (area: string, language: Language) => boolean;
}

function NewParagraph({ actionId, areas, isTaken }: NewProps) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const free = areas.flatMap((area) =>
    LANGUAGES.filter((language) => !isTaken(area.id, language)).map((language) => ({ area, language })),
  );
  const [chosen, setChosen] = useState('');
  const [words, setWords] = useState('');
  const write = useMutation({
    mutationFn: writeParagraph,
    onSuccess: (all) => {
      setWords('');
      queries.setQueryData(actionQueries.paragraphs(actionId).queryKey, all);
    },
  });
  const one = free.find((each) => key(each) === chosen) ?? free[0];
  if (!one) return null;
  return (
    <div className="fields" role="group" aria-label={t('paragraphs.new')}>
      <Select
        label={t('paragraphs.where')}
        value={key(one)}
        options={free.map((each) => ({
          value: key(each),
          label: `${each.area.name}, ${t(`paragraphs.language_${each.language}`)}`,
        }))}
        onChange={(event) => {
          setChosen(event.target.value);
        }}
      />
      <Field
        label={t('paragraphs.words')}
        hint={t('paragraphs.words_why')}
        rows={4}
        maxLength={2000}
        lang={one.language}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      {write.isError && <Trouble error={write.error} kept={t('paragraphs.kept')} />}
      <div>
        <button
          type="button"
          className="button line"
          disabled={write.isPending || !words.trim()}
          onClick={() => {
            write.mutate({ id: actionId, area: one.area.id, language: one.language, words, version: 0 });
          }}
        >
          {t('paragraphs.add')}
        </button>
      </div>
    </div>
  );
}
