import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Check } from '@/ui/check';
import { Field } from '@/ui/field';
import { type Printed, saidOn } from './paper-words';
import { wordingsQuery } from './wordings-api';

export interface SeatWish {
  motivation: string;
  agrees: boolean;
}
export const NO_WISH: SeatWish = { motivation: '', agrees: false };

interface Props {
  wish: SeatWish;
  onWish: (wish: SeatWish) => void;
  mistakes: Record<string, readonly string[]>;
  printed: Printed;
}

const APPLICATION = 'relays.application';

/** What somebody says who asks for a seat on paper, and that they may be called about it: read aloud, never ticked beforehand. */
export function SeatAsked({ wish, onWish, mistakes, printed }: Props) {
  const { t } = useTranslation('member');
  const wordings = useQuery(wordingsQuery);
  const wording = wordings.data?.items.find(({ purpose }) => purpose === APPLICATION);
  const said = wording && saidOn(wording, printed);
  const isOwn = said && said.version !== wording.software.version;
  return (
    <>
      <p className="note">{t('enter.seat_why')}</p>
      <Field
        label={t('enter.motivation')}
        hint={t('enter.motivation_hint')}
        rows={3}
        maxLength={2000}
        value={wish.motivation}
        onChange={(event) => {
          onWish({ ...wish, motivation: event.target.value });
        }}
      />
      <Check
        label={isOwn ? t('enter.agrees_to_words', { words: said.text }) : t('enter.agrees_to_contact')}
        isChecked={wish.agrees}
        error={mistakes.agrees_to_contact?.[0]}
        onCheck={(agrees) => {
          onWish({ ...wish, agrees });
        }}
      />
    </>
  );
}
