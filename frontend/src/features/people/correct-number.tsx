import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Check } from '@/ui/check';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import type { Corrections } from './corrections-api';
import { useCorrection } from './use-correction';
import { wordingsQuery } from './wordings-api';

const RELAY_CONTACT = 'people.relay_contact';

interface Props {
  ways: Corrections;
  channel: 'phone' | 'sms';
  /** The number that changes or goes; empty where one is added. */
  former: string;
  isMine: boolean;
  onClose: () => void;
  onDone: () => void;
}

/** A number added, changed or taken away; what was agreed to with the former one ends with it, which is said before. */
export function CorrectNumber({ ways, channel, former, isMine, onClose, onDone }: Props) {
  const { t } = useTranslation('member');
  const [number, setNumber] = useState(former);
  const [agrees, setAgrees] = useState(false);
  const [isProved, setProved] = useState(false);
  const wordings = useQuery({ ...wordingsQuery, enabled: isMine });
  const words = wordings.data?.items.find(({ purpose }) => purpose === RELAY_CONTACT)?.in_force;
  const { correction, mistakes, hasMistakes } = useCorrection(ways, ways.number, onDone);
  const send = (value: string) => {
    correction.mutate({
      channel,
      number: value,
      instead_of: former,
      agreed_words: agrees && value && words ? words.version : '',
      is_proved: isProved,
    });
  };
  function submit(event: FormEvent) {
    event.preventDefault();
    send(number);
  }
  return (
    <Dialog
      title={
        former ? t('correct.number', { number: former, way: t(`own.channel_${channel}`) }) : t('correct.number_add')
      }
      onClose={onClose}
    >
      <form className="fields" onSubmit={submit} noValidate>
        {former && <p>{t(isMine ? 'correct.number_ends' : 'correct.number_ends_officer')}</p>}
        <Field
          label={t('correct.number_field')}
          type="tel"
          autoComplete={isMine ? 'tel' : 'off'}
          required
          maxLength={40}
          value={number}
          error={(mistakes.number ?? mistakes.instead_of)?.[0]}
          onChange={(event) => {
            setNumber(event.target.value);
          }}
        />
        {isMine && words && (
          <Check label={words.text} isChecked={agrees} error={mistakes.agreed_words?.[0]} onCheck={setAgrees} />
        )}
        {!isMine && <Check label={t('correct.number_proved')} isChecked={isProved} onCheck={setProved} />}
        {correction.isError && !hasMistakes && <Trouble error={correction.error} kept={t('correct.unchanged')} />}
        <div className="buttons">
          {former && (
            <button
              type="button"
              className="button stop"
              disabled={correction.isPending}
              onClick={() => {
                send('');
              }}
            >
              {t('correct.number_remove')}
            </button>
          )}
          <button type="submit" className="button" disabled={correction.isPending}>
            {t('correct.do')}
          </button>
          <button type="button" className="button line" onClick={onClose}>
            {t('common:cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
