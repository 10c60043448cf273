import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardLine } from '@/api/shapes';
import { moment } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Raised } from '@/ui/raised';
import { heardSaid } from './report-words';

interface Props {
  news: readonly BoardLine[];
  onChoose: (code: string) => void;
  /** What organisers did, below what came in. */
  children?: ReactNode;
}

/** What came in while the page was open; not read aloud by itself, since it would never stop. */
export function BoardFeed({ news, onChoose, children }: Props) {
  const { t } = useTranslation('organiser');
  const now = useNow(60 * 60_000);
  return (
    <section className="pane in-feed" aria-labelledby="feed">
      <header>
        <h2 id="feed">{t('board.feed')}</h2>
      </header>
      <div className="pane-body">
        {news.length === 0 ? (
          <p className="muted">{t('board.feed_none')}</p>
        ) : (
          <ol className="feed" aria-live="off">
            {news.slice(0, 12).map((line) => (
              <li key={line.id}>
                {line.heard_at && <time dateTime={line.heard_at}>{moment(line.heard_at, now)}</time>}
                <span>
                  <button
                    type="button"
                    className="row-link"
                    onClick={() => {
                      onChoose(line.seat.code);
                    }}
                  >
                    <b>
                      <Raised text={line.seat.name} />
                    </b>
                  </button>
                  {t('common:colon')}{' '}
                  {line.neighbour && !line.report
                    ? t('history.taken_over', { name: line.neighbour })
                    : heardSaid(line, t)}
                </span>
              </li>
            ))}
          </ol>
        )}
        {children}
      </div>
    </section>
  );
}
