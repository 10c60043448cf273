import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { components } from '@/api/schema';
import { CorrectAddress } from './correct-address';
import { CorrectName } from './correct-name';
import { CorrectNumber } from './correct-number';
import { CorrectPlace } from './correct-place';
import type { Corrections as Ways } from './corrections-api';

type Point = components['schemas']['OwnContactOut'];

interface Props {
  of: { given_name: string; family_name: string; contacts: readonly Point[] };
  ways: Ways;
  /** I put right what is known of myself; else of somebody who asked for it. */
  isMine: boolean;
}

type Open = 'name' | 'place' | 'address' | { channel: 'phone' | 'sms'; former: string };

/** Put right what is known of somebody: their names, where they live, their numbers. */
export function Corrections({ of, ways, isMine }: Props) {
  const { t } = useTranslation('member');
  const [open, setOpen] = useState<Open>();
  const [isDone, setDone] = useState(false);
  const numbers = of.contacts.flatMap(({ channel, value }) =>
    channel === 'phone' || channel === 'sms' ? [{ channel, former: value }] : [],
  );
  const begin = (what: Open) => () => {
    setDone(false);
    setOpen(what);
  };
  const shared = {
    ways,
    onClose: () => {
      setOpen(undefined);
    },
    onDone: () => {
      setOpen(undefined);
      setDone(true);
    },
  };
  return (
    <>
      <h3>{t('correct.title')}</h3>
      <p className="note">{t(isMine ? 'correct.why' : 'correct.why_officer')}</p>
      <div className="buttons">
        <button type="button" className="button line" onClick={begin('name')}>
          {t('correct.name')}
        </button>
        <button type="button" className="button line" onClick={begin('place')}>
          {t('correct.place')}
        </button>
        {numbers.map((number) => (
          <button key={number.channel + number.former} type="button" className="button line" onClick={begin(number)}>
            {t('correct.number', { number: number.former, way: t(`own.channel_${number.channel}`) })}
          </button>
        ))}
        <button type="button" className="button line" onClick={begin({ channel: 'phone', former: '' })}>
          {t('correct.number_add')}
        </button>
        {isMine && (
          <button type="button" className="button line" onClick={begin('address')}>
            {t('correct.address')}
          </button>
        )}
      </div>
      <p role="status">{isDone && t('correct.done')}</p>
      {open === 'name' && <CorrectName {...shared} names={of} />}
      {open === 'place' && <CorrectPlace {...shared} isMine={isMine} />}
      {open === 'address' && <CorrectAddress onClose={shared.onClose} />}
      {typeof open === 'object' && <CorrectNumber {...shared} {...open} isMine={isMine} />}
    </>
  );
}
