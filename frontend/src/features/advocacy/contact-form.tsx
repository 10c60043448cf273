import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Contact,
  CONTACT_KINDS,
  type ContactKind,
  type ContactStep,
  type ContactStepKind,
  type Standings,
  type Subject,
} from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { correctContact, logContact } from './ledger-api';
import { StepFields } from './step-fields';
import { today } from './today';
import { useTold } from './use-told';

interface Props {
  holder: string;
  subjects: readonly Subject[];
  /** How many the reader has begun in twelve months, beside the rule of the register; null where none is known. */
  register: Standings['register'] | undefined;
  /** The one that is put right; absent for a new one. */
  contact?: Contact | undefined;
  onClose: () => void;
}

const newStep = (kind: ContactStepKind): ContactStep => ({ kind, on: today(), words: '' });

/** Log one contact, or put one's own right: in words that the person they speak of may read. */
export function ContactForm({ holder, subjects, register, contact, onClose }: Props) {
  const { t } = useTranslation('advocacy');
  const [kind, setKind] = useState<ContactKind>(contact?.kind ?? 'meeting');
  const [initiative, setInitiative] = useState(contact?.initiative ?? 'ours');
  const [subject, setSubject] = useState(contact ? (contact.subject?.id ?? '') : (subjects[0]?.id ?? ''));
  const [decision, setDecision] = useState(contact?.decision ?? '');
  const [readable, setReadable] = useState(contact?.readable_by ?? 'relays');
  const [steps, setSteps] = useState<ContactStep[]>(
    contact?.steps.filter(({ is_mine }) => is_mine).map(({ kind, on, words }) => ({ kind, on, words })) ?? [
      newStep('meeting'),
    ],
  );
  const logging = useTold(logContact, onClose);
  const correcting = useTold(correctContact, onClose);
  const telling = contact ? correcting : logging;
  const fields = telling.error?.fields ?? {};
  // A contact may be about a subject that was closed since.
  const known =
    contact?.subject && !subjects.some(({ id }) => id === contact.subject?.id)
      ? [contact.subject, ...subjects]
      : subjects;

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const words = {
      kind,
      initiative,
      subject: subject || null,
      decision: subject ? '' : decision,
      readable_by: readable,
      steps,
    };
    if (contact) correcting.mutate({ ...words, id: contact.id, version: contact.version });
    else logging.mutate({ ...words, office_holder: holder });
  }

  return (
    <Dialog title={t(contact ? 'log.correct' : 'log.title')} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        <p className="notice">{t('log.why')}</p>
        {contact && <p>{t('log.correct_why')}</p>}
        {register && register.contacts >= register.rule.warns_at && (
          <p className="notice">
            {t('log.many', { count: register.contacts, binds: register.rule.binds_at })}{' '}
            {t('register.source', { source: register.rule.law })}
          </p>
        )}
        <Select
          label={t('log.kind')}
          value={kind}
          options={CONTACT_KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          onChange={(event) => {
            setKind(event.target.value as ContactKind);
          }}
        />
        <Select
          label={t('log.initiative')}
          value={initiative}
          options={(['ours', 'theirs'] as const).map((value) => ({ value, label: t(`initiative.${value}`) }))}
          onChange={(event) => {
            setInitiative(event.target.value as Contact['initiative']);
          }}
        />
        <Select
          label={t('log.about')}
          value={subject}
          options={[
            ...known.map(({ id, title }) => ({ value: id, label: title })),
            { value: '', label: t('log.own_words') },
          ]}
          onChange={(event) => {
            setSubject(event.target.value);
          }}
        />
        {!subject && (
          <Field
            label={t('log.decision')}
            maxLength={200}
            value={decision}
            error={fields.decision?.[0]}
            onChange={(event) => {
              setDecision(event.target.value);
            }}
          />
        )}
        {steps.map((step, at) => (
          <StepFields
            key={at}
            step={step}
            error={at === 0 ? fields.steps?.[0] : undefined}
            onChange={(part) => {
              setSteps(steps.map((one, place) => (place === at ? { ...one, ...part } : one)));
            }}
          />
        ))}
        <Select
          label={t('log.readable')}
          value={readable}
          options={(['relays', 'organisers'] as const).map((value) => ({ value, label: t(`readable.${value}`) }))}
          onChange={(event) => {
            setReadable(event.target.value as Contact['readable_by']);
          }}
        />
        {telling.isError && Object.keys(fields).length === 0 && <Trouble error={telling.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={telling.isPending}>
            {t(contact ? 'log.correct_save' : 'log.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
