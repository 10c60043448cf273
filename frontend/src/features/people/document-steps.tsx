import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DocumentVersion } from '@/api/shapes';
import { day } from '@/lib/format';
import { localDay } from '@/lib/local-time';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { adoptDocument, proposeDocument, withdrawDocument } from './document-api';

const COMMENTS_FOR = 14;
const AGREE_WITHIN = 30;

type Step = 'propose' | 'adopt' | 'withdraw';

/** What comes next for a version under way; each step says what it will do before it does it. */
export function DocumentSteps({ version, isDirty }: { version: DocumentVersion; isDirty: boolean }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [asked, setAsked] = useState<Step | null>(null);
  const [until, setUntil] = useState('');
  const [hasMembers, setMembers] = useState(false);
  const [typed, setTyped] = useState('');
  const toAsk = version.to_ask ?? 0;
  const isWording = version.kind === 'house_wording';
  const hasDay = asked === 'propose' || (asked === 'adopt' && !isWording);
  const done = async () => {
    setAsked(null);
    await queries.invalidateQueries({ queryKey: ['people', 'charter'] });
    await queries.invalidateQueries({ queryKey: ['relays', 'charter'] });
  };
  const step = useMutation({
    mutationFn: async (wanted: Step): Promise<unknown> => {
      if (wanted === 'propose') return proposeDocument({ id: version.id, until, members: hasMembers });
      if (wanted === 'adopt')
        return adoptDocument({ id: version.id, until: isWording ? null : until, expected: toAsk });
      return withdrawDocument(version.id);
    },
    onSuccess: done,
    // The number may have changed: it is shown anew.
    onError: () => queries.invalidateQueries({ queryKey: ['people', 'charter', 'version'] }),
  });
  const open = (wanted: Step) => {
    setUntil(localDay(wanted === 'propose' ? COMMENTS_FOR : AGREE_WITHIN));
    setTyped('');
    step.reset();
    setAsked(wanted);
  };
  const isTyped = asked !== 'adopt' || !version.asks_for_number || typed.trim() === String(toAsk);
  const steps = (['propose', 'adopt', 'withdraw'] as const).filter((name) => version.abilities[name]);
  return (
    <Pane title={t('charter.next')}>
      <div className="pane-body">
        <p className="muted">
          <Raised
            text={
              version.state === 'proposed'
                ? t('charter.next_proposed', { day: day(version.comments_until ?? '') })
                : t('charter.next_draft')
            }
          />
        </p>
        <div className="buttons">
          {steps.map((name) => (
            <button
              key={name}
              type="button"
              className={name === 'withdraw' ? 'button line' : 'button accent'}
              aria-disabled={isDirty && name !== 'withdraw'}
              onClick={() => {
                if (!isDirty || name === 'withdraw') open(name);
              }}
            >
              {isDirty && name !== 'withdraw' ? t('launch.save_before') : t(`charter.${name}`)}
            </button>
          ))}
        </div>
      </div>
      {asked && (
        <Dialog
          title={t(`charter.${asked}_sure`)}
          role="alertdialog"
          onClose={() => {
            setAsked(null);
          }}
        >
          <p>
            {asked === 'withdraw'
              ? t(version.state === 'draft' ? 'charter.withdraw_draft' : 'charter.withdraw_what')
              : isWording
                ? t(`wordings.${asked}_what`)
                : asked === 'adopt'
                  ? t('charter.adopt_what', { count: toAsk })
                  : t('charter.propose_what')}
          </p>
          <form
            className="fields"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              // React bubbles through the dialog's portal: the editor's own form must not hear this.
              event.stopPropagation();
              if (isTyped) step.mutate(asked);
            }}
          >
            {hasDay && (
              <Field
                label={t(`charter.${asked}_until`)}
                type="date"
                value={until}
                min={localDay(1)}
                onChange={(event) => {
                  setUntil(event.target.value);
                }}
              />
            )}
            {asked === 'propose' && (
              <label className="check">
                <input
                  type="checkbox"
                  checked={hasMembers}
                  onChange={(event) => {
                    setMembers(event.target.checked);
                  }}
                />
                <span>{t('charter.members')}</span>
              </label>
            )}
            {asked === 'adopt' && version.asks_for_number && (
              <Field
                label={t('charter.type', { number: toAsk })}
                inputMode="numeric"
                autoComplete="off"
                value={typed}
                onChange={(event) => {
                  setTyped(event.target.value);
                }}
              />
            )}
            {step.isError && <Trouble error={step.error} kept={t('charter.unchanged')} />}
            <div className="buttons">
              <button
                type="submit"
                className={asked === 'withdraw' ? 'button stop' : 'button'}
                disabled={!isTyped || step.isPending}
              >
                {t(`charter.${asked}`)}
              </button>
              <button
                type="button"
                className="button line"
                onClick={() => {
                  setAsked(null);
                }}
              >
                {t('common:cancel')}
              </button>
            </div>
          </form>
        </Dialog>
      )}
    </Pane>
  );
}
