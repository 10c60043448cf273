import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact, ContactStep, Subject } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Dialog } from '@/ui/dialog';
import { Trouble } from '@/ui/trouble';
import { ContactForm } from './contact-form';
import { addStep, removeContact } from './ledger-api';
import { StepFields } from './step-fields';
import { today } from './today';
import { SureDialog } from './sure-dialog';
import { useTold } from './use-told';

interface Props {
  contact: Contact;
  subjects: readonly Subject[];
}

/** One contact from its request to its minutes, and what the reader may do with it. */
export function ContactLine({ contact, subjects }: Props) {
  const { t } = useTranslation('advocacy');
  const [deed, setDeed] = useState<'next' | 'correct' | 'remove' | null>(null);
  const close = () => {
    setDeed(null);
  };
  const { abilities } = contact;
  return (
    <li>
      <p>
        <b>
          {t(`kind.${contact.kind}`)}, {dated(contact.latest_on)}
        </b>
        {`, ${t(`initiative.${contact.initiative}`)}`}
        {contact.is_mine ? `, ${t('by_me')}` : contact.author && `, ${t('by', { name: contact.author })}`}
      </p>
      <p>{contact.subject?.title ?? contact.decision}</p>
      <ul className="mp-steps">
        {contact.steps.map((step, at) => (
          <li key={at}>
            <time dateTime={step.on}>{dated(step.on)}</time> {t(`step.${step.kind}`)}
            {step.words && <p>{step.words}</p>}
          </li>
        ))}
      </ul>
      {!contact.counts_on && <p className="muted">{t('unanswered')}</p>}
      {contact.readable_by === 'organisers' && <p className="muted">{t('only_organisers')}</p>}
      {contact.corrected_at && <p className="muted">{t('corrected', { day: dated(contact.corrected_at) })}</p>}
      <div className="buttons">
        {(['next', 'correct', 'remove'] as const)
          .filter((name) => abilities[name === 'next' ? 'add_step' : name])
          .map((name) => (
            <button
              key={name}
              type="button"
              className="button bare"
              onClick={() => {
                setDeed(name);
              }}
            >
              {t(`log.${name}`)}
            </button>
          ))}
      </div>
      {deed === 'next' && <NextStep contact={contact} onClose={close} />}
      {deed === 'correct' && (
        <ContactForm
          holder={contact.office_holder.id}
          subjects={subjects}
          register={undefined}
          contact={contact}
          onClose={close}
        />
      )}
      {deed === 'remove' && (
        <SureDialog deed={t('log.remove')} tell={removeContact} id={contact.id} onClose={close}>
          <p>{t('log.remove_why')}</p>
        </SureDialog>
      )}
    </li>
  );
}

function NextStep({ contact, onClose }: { contact: Contact; onClose: () => void }) {
  const { t } = useTranslation('advocacy');
  const [step, setStep] = useState<ContactStep>({ kind: 'minutes', on: today(), words: '' });
  const adding = useTold(addStep, onClose);
  const fields = adding.error?.fields ?? {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    adding.mutate({ ...step, id: contact.id });
  }
  return (
    <Dialog title={t('log.next')} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        <p className="notice">{t('log.why')}</p>
        <StepFields
          step={step}
          error={fields.steps?.[0]}
          onChange={(part) => {
            setStep({ ...step, ...part });
          }}
        />
        {adding.isError && Object.keys(fields).length === 0 && <Trouble error={adding.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={adding.isPending}>
            {t('log.next_save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
