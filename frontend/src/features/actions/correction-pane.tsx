import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Action, ActionText, Corrections } from '@/api/shapes';
import type { Language } from '@/i18n/i18n';
import { instant } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries, correctAction, undoCorrection } from './api';
import { hourOf } from './step-words';

interface Props {
  action: Action;
  /** As they are typed now, by language. */
  texts: Record<string, ActionText>;
  main: Language;
  isDirty: boolean;
  onCorrected: () => Promise<void>;
}

/** After the launch: the words as typed beside become a new version; whoever has the old one is told what changed. */
export function CorrectionPane({ action, texts, main, isDirty, onCorrected }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const now = useNow();
  const query = actionQueries.corrections(action.id);
  const found = useQuery(query);
  const [changed, setChanged] = useState<Record<string, string>>({});
  const onSuccess = async (corrections: Corrections) => {
    queries.setQueryData(query.queryKey, corrections);
    await queries.invalidateQueries({ queryKey: ['actions'] });
  };
  const correct = useMutation({
    mutationFn: correctAction,
    onSuccess: async (corrections) => {
      setChanged({});
      await onCorrected();
      await onSuccess(corrections);
    },
  });
  const undo = useMutation({ mutationFn: undoCorrection, onSuccess });
  const written = Object.entries(texts).filter(([, text]) => text.title.trim() || text.brief.trim());
  const fields = correct.isError ? asProblem(correct.error).fields : {};
  const isReady = isDirty && Boolean(changed[main]?.trim());
  return (
    <Pane title={t('correction.title')}>
      <div className="pane-body fields">
        <p>{t('correction.why')}</p>
        {found.isPending && <Skeleton lines={3} />}
        {found.isError && <Trouble error={found.error} retry={() => void found.refetch()} />}
        {found.data && (
          <>
            <p>
              {t('correction.by_mail', { count: found.data.by_mail })}
              {found.data.by_hand > 0 && ` ${t('correction.by_hand', { count: found.data.by_hand })}`}
              {found.data.unread > 0 && ` ${t('correction.unread', { count: found.data.unread })}`}
              {found.data.unreached > 0 && ` ${t('correction.unreached', { count: found.data.unreached })}`}
            </p>
            {written.map(([language]) => (
              <Field
                key={language}
                label={t(language === 'en' ? 'correction.changed_en' : 'correction.changed_fr')}
                hint={language === main ? t('correction.changed_why') : undefined}
                maxLength={280}
                rows={2}
                lang={language}
                value={changed[language] ?? ''}
                onChange={(event) => {
                  setChanged({ ...changed, [language]: event.target.value });
                }}
                error={fields[`changed.${language}`]?.[0]}
              />
            ))}
            {correct.isError && <Trouble error={correct.error} kept={t('editor.kept')} />}
            <div>
              <button
                type="button"
                className="button"
                disabled={!isReady || correct.isPending}
                onClick={() => {
                  correct.mutate({
                    id: action.id,
                    version: action.version,
                    texts: Object.fromEntries(written),
                    changed: Object.fromEntries(written.map(([language]) => [language, changed[language] ?? ''])),
                  });
                }}
              >
                {t('correction.do', { count: found.data.by_mail + found.data.by_hand })}
              </button>
            </div>
            {undo.isError && <Trouble error={undo.error} kept={t('correction.stands')} />}
            {found.data.items.length > 0 && (
              <ul className="rows">
                {found.data.items.map((one) => (
                  <li key={one.id}>
                    <div>
                      <b>
                        <Raised text={t('correction.made', { version: one.version, at: instant(one.corrected_at) })} />
                      </b>
                      <p>
                        {one.changed} {one.by && t('correction.by', { name: one.by })}
                      </p>
                      <p className="note">
                        <Raised
                          text={
                            one.undone_at
                              ? t('correction.undone')
                              : one.can_undo
                                ? t('correction.leaves', { at: hourOf(one.leaves_at, now) })
                                : t('correction.told', { count: one.told })
                          }
                        />
                      </p>
                      {one.can_undo && (
                        <button
                          type="button"
                          className="button line"
                          disabled={undo.isPending}
                          onClick={() => {
                            undo.mutate({ id: action.id, correction: one.id });
                          }}
                        >
                          {t('steps.undo')}
                        </button>
                      )}
                    </div>
                  </li>
                ))}
              </ul>
            )}
          </>
        )}
      </div>
    </Pane>
  );
}
