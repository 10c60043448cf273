import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KNOWN_BY, type KnownBy, type Subject } from '@/api/shapes';
import { type StanceName, stanceOf, STANCES } from '@/entities/stance/words';
import { Choices } from '@/ui/choices';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { sayPosition } from './ledger-api';
import { today } from './today';
import { useTold } from './use-told';

interface Props {
  holder: string;
  /** The open ones. */
  subjects: readonly Subject[];
  /** The one that is looked at. */
  chosen?: string | undefined;
  onClose: () => void;
}

/** Write down what somebody who decides said: once, since a line never changes. */
export function SayPosition({ holder, subjects, chosen, onClose }: Props) {
  const { t } = useTranslation('advocacy');
  const [subject, setSubject] = useState(subjects.find(({ id }) => id === chosen)?.id ?? subjects[0]?.id ?? '');
  const [stance, setStance] = useState<StanceName | ''>('');
  const [known, setKnown] = useState<KnownBy>('meeting');
  const [source, setSource] = useState('');
  const [day, setDay] = useState(today());
  const [quote, setQuote] = useState('');
  const saying = useTold(sayPosition, onClose);
  const fields = saying.error?.fields ?? {};

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    if (!stance) return;
    saying.mutate({
      office_holder: holder,
      subject,
      stance: stanceOf(stance),
      known_by: known,
      source_url: known === 'public' ? source : '',
      said_on: day,
      quote,
    });
  }

  return (
    <Dialog title={t('say.title')} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        <p>{t('say.why')}</p>
        <Select
          label={t('subject')}
          value={subject}
          options={subjects.map(({ id, title }) => ({ value: id, label: title }))}
          error={fields.subject?.[0]}
          onChange={(event) => {
            setSubject(event.target.value);
          }}
        />
        <Choices<StanceName>
          legend={t('say.stance')}
          isScale
          value={stance}
          onChange={setStance}
          options={STANCES.map((value) => ({ value, label: t(`state.${value}`) }))}
          error={fields.stance?.[0]}
        />
        <Select
          label={t('say.known')}
          value={known}
          options={KNOWN_BY.map((value) => ({ value, label: t(`known.${value}`) }))}
          onChange={(event) => {
            setKnown(event.target.value as KnownBy);
          }}
        />
        {known === 'public' && (
          <Field
            label={t('say.source')}
            type="url"
            maxLength={500}
            value={source}
            error={fields.source_url?.[0]}
            onChange={(event) => {
              setSource(event.target.value);
            }}
          />
        )}
        <Field
          label={t('say.on')}
          type="date"
          max={today()}
          value={day}
          error={fields.said_on?.[0]}
          onChange={(event) => {
            setDay(event.target.value);
          }}
        />
        <Field
          label={t('say.quote')}
          hint={t('say.quote_why')}
          rows={3}
          maxLength={500}
          value={quote}
          error={fields.quote?.[0]}
          onChange={(event) => {
            setQuote(event.target.value);
          }}
        />
        {saying.isError && Object.keys(fields).length === 0 && <Trouble error={saying.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={saying.isPending || !stance}>
            {t('say.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
