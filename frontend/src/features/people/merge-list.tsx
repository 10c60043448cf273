import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { instant } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { mergesQuery } from './duplicates-api';

/** Records that were joined, by whom and when; each can be taken apart. */
export function MergeList({ isBusy, onTakeApart }: { isBusy: boolean; onTakeApart: (id: string) => void }) {
  const { t } = useTranslation('organiser');
  const list = useInfiniteQuery(mergesQuery);
  const rows = (list.data?.pages ?? []).flatMap((page) => page.items);
  return (
    <Pane title={t('duplicates.past')}>
      <ListBody
        list={list}
        blank={
          rows.length === 0 && (
            <Blank title={t('duplicates.past_none')}>
              <p>{t('duplicates.past_none_why')}</p>
            </Blank>
          )
        }
      >
        <ul className="rows pane-body">
          {rows.map((merge) => (
            <li key={merge.id}>
              <div>
                <h3>{[...new Set([merge.person, merge.absorbed])].join(' · ')}</h3>
                <p className="muted">
                  <Raised
                    text={t(merge.by ? 'duplicates.joined_by' : 'duplicates.joined', {
                      at: instant(merge.merged_at),
                      by: merge.by,
                    })}
                  />
                </p>
              </div>
              {merge.undone_at ? (
                <p className="muted">
                  <Raised text={t('duplicates.apart_since', { at: instant(merge.undone_at) })} />
                </p>
              ) : (
                <button
                  type="button"
                  className="button line"
                  disabled={isBusy}
                  aria-label={t('duplicates.take_apart_of', { name: merge.person })}
                  onClick={() => {
                    onTakeApart(merge.id);
                  }}
                >
                  {t('duplicates.take_apart')}
                </button>
              )}
            </li>
          ))}
        </ul>
      </ListBody>
      {list.hasNextPage && <ListFoot more={list}>{null}</ListFoot>}
    </Pane>
  );
}
