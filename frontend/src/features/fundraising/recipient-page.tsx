import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { RecipientKept } from '@/api/shapes';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { useRecipient } from './use-recipient';

/** A screen about one recipient of mine: which of them, where there are several, and what to do where there is none. */
export function RecipientPage({ children }: { children: (recipient: RecipientKept) => ReactNode }) {
  const { t } = useTranslation('money');
  const { treasury, kept, recipient, set } = useRecipient();
  return (
    <ListBody
      list={treasury}
      blank={
        !recipient && (
          <Blank title={t('recipient.none')} isPage>
            <p>{t('recipient.none_why')}</p>
          </Blank>
        )
      }
    >
      {kept.length > 1 && (
        <div className="filters" role="group" aria-label={t('recipient.choose')}>
          {kept.map(({ code, name }) => (
            <button
              key={code}
              type="button"
              className="chip"
              aria-pressed={code === recipient?.code}
              onClick={() => {
                set({ fund: code, donation: null, envelope: null });
              }}
            >
              {name}
            </button>
          ))}
        </div>
      )}
      {recipient && children(recipient)}
    </ListBody>
  );
}
