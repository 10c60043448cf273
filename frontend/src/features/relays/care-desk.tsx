import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Pane } from '@/ui/pane';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { careQueries } from './care-api';
import { NewcomerLine } from './newcomer-line';
import { QuietLine } from './quiet-line';

/** Who was quiet and what was tried; which newcomers have nobody yet. */
export function CareDesk() {
  const { t } = useTranslation('organiser');
  const quiet = useInfiniteQuery(careQueries.quiet);
  const newcomers = useInfiniteQuery(careQueries.newcomers);
  const silent = quiet.data?.pages.flatMap((page) => page.items) ?? [];
  const alone = newcomers.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <DeskHead title={t('care.title')} lead={t('care.lead')} />
      <div className="side-by-side">
        <Pane
          title={t(quiet.hasNextPage ? 'care.quiet_first' : 'care.quiet', { count: silent.length })}
          note={t('care.quiet_note')}
        >
          <div className="pane-body">
            {quiet.isPending && <Skeleton lines={5} />}
            {quiet.isError && <Trouble error={quiet.error} retry={() => void quiet.refetch()} />}
            {quiet.isSuccess && silent.length === 0 && (
              <Blank title={t('care.quiet_none')}>
                <p>{t('care.quiet_none_why')}</p>
              </Blank>
            )}
            <ul className="rows">
              {silent.map((term) => (
                <QuietLine key={term.term_id} term={term} />
              ))}
            </ul>
            {quiet.hasNextPage && (
              <button
                type="button"
                className="button line"
                disabled={quiet.isFetchingNextPage}
                onClick={() => void quiet.fetchNextPage()}
              >
                {t('care.more')}
              </button>
            )}
          </div>
        </Pane>
        <Pane
          title={t(newcomers.hasNextPage ? 'care.alone_first' : 'care.alone', { count: alone.length })}
          note={t('care.alone_note')}
        >
          <div className="pane-body">
            {newcomers.isPending && <Skeleton lines={5} />}
            {newcomers.isError && <Trouble error={newcomers.error} retry={() => void newcomers.refetch()} />}
            {newcomers.isSuccess && alone.length === 0 && (
              <Blank title={t('care.alone_none')}>
                <p>{t('care.alone_none_why')}</p>
              </Blank>
            )}
            <ul className="rows">
              {alone.map((newcomer) => (
                <NewcomerLine key={newcomer.term_id} newcomer={newcomer} />
              ))}
            </ul>
            {newcomers.hasNextPage && (
              <button
                type="button"
                className="button line"
                disabled={newcomers.isFetchingNextPage}
                onClick={() => void newcomers.fetchNextPage()}
              >
                {t('care.more')}
              </button>
            )}
          </div>
        </Pane>
      </div>
    </>
  );
}
