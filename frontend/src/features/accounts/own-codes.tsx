import { useTranslation } from 'react-i18next';
import type { Security } from '@/api/shapes';
import { saveFile } from '@/lib/save-file';
import { Trouble } from '@/ui/trouble';
import { newCodes } from './security-api';
import { useChange } from './use-change';

interface Props {
  left: Security['recovery_codes'];
  /** Just made, to be shown this once. */
  shown: readonly string[];
  onShown: (codes: string[]) => void;
}

/** Ten codes on paper, for the day when telephone and key are lost. */
export function OwnCodes({ left, shown, onShown }: Props) {
  const { t } = useTranslation('security');
  const renew = useChange(newCodes, onShown);
  return (
    <section className="card" aria-labelledby="codes">
      <h2 id="codes">{t('codes.title')}</h2>
      <p className="note">{t('codes.why')}</p>
      {!left && <p className="muted">{t('codes.none')}</p>}
      {left && shown.length === 0 && <p>{t('codes.left', { count: left.unused, total: left.total })}</p>}
      {shown.length > 0 && (
        <>
          <p>
            <b>{t('codes.once')}</b>
          </p>
          <ul className="codes">
            {shown.map((code) => (
              <li key={code}>
                <code>{code.replace(/(.{4})(?=.)/g, '$1 ')}</code>
              </li>
            ))}
          </ul>
          <button
            type="button"
            className="button"
            onClick={() => {
              saveFile(new Blob([`${shown.join('\n')}\n`], { type: 'text/plain' }), t('codes.file'));
            }}
          >
            {t('codes.save')}
          </button>
        </>
      )}
      {left && shown.length === 0 && (
        <button
          type="button"
          className="button line"
          disabled={renew.isPending}
          onClick={() => {
            renew.mutate(undefined);
          }}
        >
          {t('codes.renew')}
        </button>
      )}
      <p className="note" role="status">
        {renew.isSuccess && t('codes.made')}
      </p>
      {renew.isError && <Trouble error={renew.error} />}
    </section>
  );
}
