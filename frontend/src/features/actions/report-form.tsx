import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outbox } from '@/api/outbox';
import type { Assignment, Met } from '@/api/shapes';
import { useOutbox } from '@/api/use-outbox';
import { stanceName, type StanceName, stanceOf, STANCES } from '@/entities/stance/words';
import { day } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { useOnline } from '@/lib/use-online';
import { Choices } from '@/ui/choices';
import { Field } from '@/ui/field';
import { meanwhileOf, type ReportBody, reportDays, reportSubject } from './report-body';
import { ReportConflict } from './report-conflict';
import { ReportPhoto } from './report-photo';
import { reportErrors } from './report-schema';

interface Draft {
  met: Met | '';
  met_on: string;
  stance: StanceName | '';
  quote: string;
  failed: string;
  read_version: number;
}

function fromReport(assignment: Assignment): Draft {
  const { report } = assignment;
  if (!report) {
    return { met: '', met_on: reportDays(assignment).likely, stance: '', quote: '', failed: '', read_version: 0 };
  }
  return {
    met: report.met,
    met_on: report.met_on,
    stance: report.stance === null ? '' : stanceName(report.stance),
    quote: report.quote,
    failed: report.failed,
    read_version: report.version,
  };
}

function toBody(draft: Draft & { met: Met }): ReportBody {
  const isMet = draft.met !== 'nobody';
  return {
    met: draft.met,
    met_on: draft.met_on,
    stance: isMet && draft.stance ? stanceOf(draft.stance) : null,
    quote: isMet ? draft.quote : '',
    failed: draft.failed,
    read_version: draft.read_version,
  };
}

const WORDS = ['met', 'met_on', 'stance', 'quote', 'failed'] as const;

/** Both texts, the earlier first; one of two that are the same. */
const both = (theirs: string, mine: string) => [...new Set([theirs, mine].filter(Boolean))].join('\n');

/** Sixty seconds, a few questions. It stays on this device until the server has it; what is refused is shown and kept. */
export function ReportForm({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const isOnline = useOnline();
  const subject = reportSubject(assignment.id);
  const { draft, change, forget, isRestored } = useDraft<Draft>(subject, fromReport(assignment));
  // Apart from the words, which are written anew with each letter.
  const picture = useDraft(`photo:${assignment.id}`, { photo: '' });
  const { change: changePicture, forget: forgetPicture } = picture;
  const entry = useOutbox().find((one) => one.subject === subject);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isAwaited, setAwaited] = useState(false);
  const [isUnkept, setUnkept] = useState(false);
  const [isTheirs, setTheirs] = useState(false);
  const takenBack = useRef('');
  const isSettled = isAwaited && !entry;
  const days = reportDays(assignment);
  const refused = entry?.refusal;
  const isRefused = Boolean(refused);
  const { report } = assignment;
  const there = fromReport(assignment);
  // It left while another screen was open: what comes back is what the server has.
  const isThere = report !== null && WORDS.every((name) => draft[name] === there[name]);
  const hasPhoto = Boolean(report?.photo);
  const isBehind = isThere && draft.read_version !== there.read_version;

  useEffect(() => {
    if (entry && entry.id !== takenBack.current) setAwaited(true);
  }, [entry]);

  useEffect(() => {
    if (isSettled) {
      void forget();
      void forgetPicture();
    }
    if (isSettled || isRefused) void queries.invalidateQueries({ queryKey: ['actions', 'assignments'] });
  }, [isSettled, isRefused, forget, forgetPicture, queries]);

  useEffect(() => {
    if (!isBehind) return;
    change({ read_version: there.read_version });
    if (hasPhoto) changePicture({ photo: '' });
  }, [isBehind, change, there.read_version, hasPhoto, changePicture]);

  async function send(body: ReportBody, photo: string) {
    const path = `/api/v1/actions/assignments/${assignment.id}/report/`;
    setUnkept(false);
    setTheirs(false);
    try {
      await outbox.add({ subject, path, body, ...(photo ? { photo } : {}) });
    } catch {
      setUnkept(true);
      return;
    }
    setAwaited(true);
    await outbox.send();
  }

  async function onSubmit(event: FormEvent) {
    event.preventDefault();
    const found = reportErrors({ ...draft }, days);
    setErrors(found);
    if (draft.met === '' || Object.keys(found).length > 0) return;
    await send(toBody({ ...draft, met: draft.met }), picture.draft.photo);
  }

  const theirs = entry && meanwhileOf(entry);
  const mine = entry?.body as ReportBody | undefined;
  const sentence = (field: string) =>
    errors[field] ? t(errors[field], { first: day(days.first) }) : refused?.fields[field]?.[0];

  /** Back into the form with the words of both: they are kept as a draft before the entry goes. */
  async function keepBoth() {
    if (!entry || !mine || !theirs) return;
    takenBack.current = entry.id;
    setAwaited(false);
    change({
      quote: both(theirs.quote, mine.quote),
      failed: both(theirs.failed, mine.failed),
      read_version: theirs.version,
    });
    await outbox.drop(entry.id);
  }

  /** What was reported stands: the form shows it, and what was typed here goes. */
  async function keepTheirs() {
    if (!entry || !theirs) return;
    takenBack.current = entry.id;
    setAwaited(false);
    change(fromReport({ ...assignment, report: theirs }));
    changePicture({ photo: '' });
    await Promise.all([forget(), forgetPicture()]);
    await outbox.drop(entry.id);
    setTheirs(true);
  }

  if (isSettled) {
    return (
      <p className="notice is-good" role="status">
        {t('report.sent')}
      </p>
    );
  }
  return (
    <form className="fields" noValidate onSubmit={(event) => void onSubmit(event)}>
      {isRestored && !entry && !isThere && <p className="notice">{t('report.restored')}</p>}
      <Choices<Met>
        legend={t('report.met')}
        value={draft.met}
        onChange={(met) => {
          change({ met });
        }}
        options={(['holder', 'staff', 'nobody'] as const).map((value) => ({ value, label: t(`common:met.${value}`) }))}
        error={sentence('met')}
      />
      <Field
        label={t('report.met_on')}
        type="date"
        min={days.first}
        max={days.last}
        value={draft.met_on}
        onChange={(event) => {
          change({ met_on: event.target.value });
        }}
        error={sentence('met_on')}
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
      <ReportPhoto
        assignment={assignment.id}
        sent={report?.photo ?? ''}
        chosen={picture.draft.photo}
        onChoose={(photo) => {
          changePicture({ photo });
        }}
        error={sentence('photo')}
      />
      {refused && (
        <div className="problem" role="alert">
          <b>{refused.detail || t('report.refused')}</b>
          <p>{t(theirs ? 'conflict.why' : 'report.refused_kept')}</p>
        </div>
      )}
      {entry && mine && theirs && (
        <ReportConflict
          mine={mine}
          theirs={theirs}
          onTheirs={() => void keepTheirs()}
          onMine={() => void send({ ...mine, read_version: theirs.version }, entry.photo ?? '')}
          onBoth={() => void keepBoth()}
        />
      )}
      {entry && !refused && (
        <p className="notice" role="status">
          {t(isOnline ? 'report.waiting' : 'report.offline')}
        </p>
      )}
      {isTheirs && (
        <p className="notice" role="status">
          {t('conflict.theirs_stands')}
        </p>
      )}
      {isUnkept && (
        <div className="problem" role="alert">
          <b>{t('report.unkept')}</b>
          <p>{t('report.unkept_why')}</p>
        </div>
      )}
      <button className="button wide" type="submit">
        {t(report ? 'report.correct' : 'report.send')}
      </button>
      <p className="note">{t('report.no_network')}</p>
    </form>
  );
}
