import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Fund } from '@/api/shapes';
import { day, number } from '@/lib/format';
import { DeskHead } from '@/ui/desk-head';
import { Dialog } from '@/ui/dialog';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { turnFund } from './funds-api';
import { useFundChange } from './use-fund-change';

/** Whether the page asks for donations, what it still lacks, and the way from one to the other. */
export function FundStanding({ fund, title }: { fund: Fund; title: string }) {
  const { t, i18n } = useTranslation('money');
  const [isClosing, setClosing] = useState(false);
  const turn = useFundChange(turnFund, () => {
    setClosing(false);
  });
  const lacks = fund.missing.map((name) => t(`fund.lacks.${name}`)).join(', ');
  const { abilities } = fund;
  const to = (deed: 'publish' | 'reopen') => () => {
    turn.mutate({ code: fund.code, to: deed });
  };
  return (
    <>
      <DeskHead
        title={title}
        lead={
          fund.closed_at ? (
            t('fund.is_closed')
          ) : fund.published_at ? (
            <Raised text={t('fund.is_published', { day: day(fund.published_at) })} />
          ) : lacks ? (
            t('fund.lacks_said', { lacks })
          ) : (
            t('fund.is_ready')
          )
        }
      >
        {fund.published_at && !fund.closed_at && (
          <a className="button line" href={`/${i18n.language}/give/${fund.code}/`}>
            {t('fund.see')}
          </a>
        )}
        {abilities.close && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              setClosing(true);
            }}
          >
            {t('fund.close')}
          </button>
        )}
        {abilities.reopen && (
          <button type="button" className="button" disabled={turn.isPending} onClick={to('reopen')}>
            {t('fund.reopen')}
          </button>
        )}
        {!fund.published_at && !fund.closed_at && (
          <button
            type="button"
            className="button"
            disabled={!abilities.publish || turn.isPending}
            onClick={to('publish')}
          >
            {t('fund.publish')}
          </button>
        )}
      </DeskHead>
      {turn.isError && !isClosing && <Trouble error={turn.error} />}
      {isClosing && (
        <Dialog
          title={t('fund.close_sure')}
          role="alertdialog"
          onClose={() => {
            setClosing(false);
          }}
        >
          <p>{t('fund.close_why')}</p>
          {fund.monthly_running > 0 && (
            <p>{t('fund.close_monthly', { count: fund.monthly_running, number: number(fund.monthly_running) })}</p>
          )}
          {turn.isError && <Trouble error={turn.error} />}
          <div className="buttons">
            <button
              type="button"
              className="button line"
              onClick={() => {
                setClosing(false);
              }}
            >
              {t('common:cancel')}
            </button>
            <button
              type="button"
              className="button stop"
              disabled={turn.isPending}
              onClick={() => {
                turn.mutate({ code: fund.code, to: 'close' });
              }}
            >
              {t('fund.close')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
