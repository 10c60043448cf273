import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outbox } from '@/api/outbox';
import type { Assignment, Met } from '@/api/shapes';
import { useOutbox } from '@/api/use-outbox';
import { stanceName, type StanceName, stanceOf, STANCES } from '@/entities/stance/words';
import { useDraft } from '@/lib/use-draft';
import { useOnline } from '@/lib/use-online';
import { Choices } from '@/ui/choices';
import { Field } from '@/ui/field';
import { reportErrors } from './report-schema';

interface Draft {
  met: Met | '';
  stance: StanceName | '';
  quote: string;
  failed: string;
}

function fromReport(assignment: Assignment): Draft {
  const { report } = assignment;
  if (!report) return { met: '', stance: '', quote: '', failed: '' };
  return {
    met: report.met,
    stance: report.stance === null ? '' : stanceName(report.stance),
    quote: report.quote,
    failed: report.failed,
  };
}

/** Sixty seconds, four questions. It stays on this device until the server has it; what is refused is shown and kept. */
export function ReportForm({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const isOnline = useOnline();
  const subject = `report:${assignment.id}`;
  const { draft, change, forget, isRestored } = useDraft<Draft>(subject, fromReport(assignment));
  const entry = useOutbox().find((one) => one.subject === subject);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [hasSent, setSent] = useState(false);
  const isSettled = hasSent && !entry;

  useEffect(() => {
    if (isSettled) {
      void forget();
      void queries.invalidateQueries({ queryKey: ['actions', 'assignments'] });
    }
  }, [isSettled, forget, queries]);

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    const found = reportErrors({ ...draft });
    setErrors(found);
    if (Object.keys(found).length > 0) return;
    await outbox.add({
      subject,
      path: `/api/v1/actions/assignments/${assignment.id}/report/`,
      body: {
        met: draft.met,
        stance: draft.met === 'nobody' || draft.stance === '' ? null : stanceOf(draft.stance),
        quote: draft.met === 'nobody' ? '' : draft.quote,
        failed: draft.failed,
      },
    });
    setSent(true);
    await outbox.send();
  }

  const refused = entry?.refusal;
  const sentence = (field: string) => (errors[field] ? t(errors[field]) : refused?.fields[field]?.[0]);
  if (isSettled) {
    return (
      <p className="notice is-good" role="status">
        {t('report.sent')}
      </p>
    );
  }
  return (
    <form className="fields" noValidate onSubmit={(event) => void onSubmit(event)}>
      {isRestored && !entry && <p className="notice">{t('report.restored')}</p>}
      <Choices<Met>
        legend={t('report.met')}
        value={draft.met}
        onChange={(met) => {
          change({ met });
        }}
        options={(['holder', 'staff', 'nobody'] as const).map((value) => ({ value, label: t(`common:met.${value}`) }))}
        error={sentence('met')}
      />
      {draft.met !== 'nobody' && (
        <>
          <Choices<StanceName>
            legend={
              assignment.action.subject
                ? t('report.stance_on', { subject: assignment.action.subject })
                : t('report.stance')
            }
            isScale
            value={draft.stance}
            onChange={(stance) => {
              change({ stance });
            }}
            options={STANCES.map((value) => ({ value, label: t(`common:stance.${value}`) }))}
            error={sentence('stance')}
          />
          <Field
            label={t('report.quote')}
            hint={t('report.quote_why')}
            rows={3}
            maxLength={500}
            value={draft.quote}
            onChange={(event) => {
              change({ quote: event.target.value });
            }}
            error={sentence('quote')}
          />
        </>
      )}
      <Field
        label={t(draft.met === 'nobody' ? 'report.failed' : 'report.failed_optional')}
        hint={t('report.failed_why')}
        rows={2}
        maxLength={500}
        value={draft.failed}
        onChange={(event) => {
          change({ failed: event.target.value });
        }}
        error={sentence('failed')}
      />
      {refused && (
        <div className="problem" role="alert">
          <b>{refused.detail || t('report.refused')}</b>
          <p>{t('report.refused_kept')}</p>
        </div>
      )}
      {entry && !refused && (
        <p className="notice" role="status">
          {t(isOnline ? 'report.waiting' : 'report.offline')}
        </p>
      )}
      <button className="button wide" type="submit">
        {t(assignment.report ? 'report.correct' : 'report.send')}
      </button>
      <p className="note">{t('report.no_network')}</p>
    </form>
  );
}
