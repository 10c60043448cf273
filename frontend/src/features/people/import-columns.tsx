import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { ImportRead } from '@/api/shapes';
import { number } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { Choices } from '@/ui/choices';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { describeImport } from './import-api';
import { ImportColumnTable } from './import-column-table';
import { ImportConsentFields } from './import-consent';
import { asked, describedOf, type Described, KEYS, newConsent, SEPARATOR_WORDS } from './import-draft';
import { ImportDiscard } from './import-discard';

/** Say what each column holds, what people agreed to and where they come from; then every line is checked. */
export function ImportColumns({ read, onChecking }: { read: ImportRead; onChecking: () => void }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { draft, change, forget } = useDraft<Described>(`import:${read.id}`, describedOf(read));
  const describe = useMutation({
    mutationFn: () => describeImport({ id: read.id, ...asked(draft) }),
    onSuccess: async (saved) => {
      await forget();
      queries.setQueryData(['imports', 'one', saved.id], saved);
      onChecking();
    },
  });
  const mistakes = describe.isError ? asProblem(describe.error).fields : {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    describe.mutate();
  }
  return (
    <form onSubmit={onSubmit} noValidate className="import-form">
      <Pane
        title={t('import.columns')}
        note={t('import.read_as', {
          count: read.lines,
          shown: number(read.lines),
          encoding: t(`import.encoding_${read.encoding}`),
          separator: t(`import.separator_${SEPARATOR_WORDS[read.separator]}`),
        })}
      >
        <ImportColumnTable
          read={read}
          held={draft.held}
          onHold={(column, field) => {
            // A thing stands in one column: choosing it here leaves the other.
            change({ held: draft.held.map((other, at) => (at === column ? field : other === field ? '' : other)) });
          }}
        />
        <div className="pane-body fields">
          {mistakes.fields?.[0] && <p className="error">{mistakes.fields[0]}</p>}
          <label className="check">
            <input
              type="checkbox"
              checked={draft.has_headings}
              onChange={(event) => {
                change({ has_headings: event.target.checked });
              }}
            />
            <span>{t('import.has_headings')}</span>
          </label>
        </div>
      </Pane>
      <Pane title={t('import.agreements')}>
        <div className="pane-body fields">
          <p>{t('import.agreements_why')}</p>
          {draft.consents.map((consent, index) => (
            <ImportConsentFields
              key={index}
              read={read}
              consent={consent}
              number={index + 1}
              onChange={(part) => {
                change({ consents: draft.consents.map((other, at) => (at === index ? { ...other, ...part } : other)) });
              }}
              onRemove={() => {
                change({ consents: draft.consents.filter((_, at) => at !== index) });
              }}
            />
          ))}
          {mistakes.consents?.[0] && <p className="error">{mistakes.consents[0]}</p>}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                change({ consents: [...draft.consents, newConsent(read, draft.held)] });
              }}
            >
              {t('import.agreement_add')}
            </button>
          </div>
        </div>
      </Pane>
      <Pane title={t('import.whom')}>
        <div className="pane-body fields">
          <Choices
            legend={t('import.key')}
            options={KEYS.map((value) => ({ value, label: t(`import.key_${value}`) }))}
            value={draft.key}
            onChange={(key) => {
              change({ key });
            }}
          />
          <p className="hint">{t('import.key_why')}</p>
          <Field
            label={t('import.origin')}
            hint={t('import.origin_why')}
            maxLength={200}
            required
            value={draft.origin}
            error={mistakes.origin?.[0]}
            onChange={(event) => {
              change({ origin: event.target.value });
            }}
          />
        </div>
      </Pane>
      {describe.isError && Object.keys(mistakes).length === 0 && (
        <Trouble error={describe.error} kept={t('import.nothing_yet')} />
      )}
      <div className="buttons">
        <button type="submit" className="button" disabled={describe.isPending}>
          {t('import.check_do', { count: read.lines, shown: number(read.lines) })}
        </button>
        <ImportDiscard row={read} />
      </div>
    </form>
  );
}
