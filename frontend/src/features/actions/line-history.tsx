import { useTranslation } from 'react-i18next';
import type { BoardLine, Happened } from '@/api/shapes';
import { duration, moment } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { happenedSaid } from './step-words';

/** What happened to one line, in order; the last entry says for how long nothing was heard of who is late. */
export function LineHistory({ history, line }: { history: readonly Happened[]; line: BoardLine }) {
  const { t } = useTranslation('organiser');
  const now = useNow();
  const due = history.findLast(
    ({ what }) => what === (line.answer === 'waiting' && !line.neighbour ? 'started' : 'ended'),
  );
  return (
    <section className="panel-section">
      <h3>{t('history.title')}</h3>
      {history.length === 0 && line.state !== 'late' && <p className="muted">{t('history.none')}</p>}
      <ol className="feed">
        {history.map((one) => (
          <li key={`${one.what}${one.at}`}>
            <time dateTime={one.at}>{moment(one.at, now)}</time>
            <span>{happenedSaid(one, t)}</span>
          </li>
        ))}
        {line.state === 'late' && due && (
          <li>
            <time dateTime={new Date(now).toISOString()}>{moment(new Date(now).toISOString(), now)}</time>
            <span className="warm">{t('history.late', { by: duration(now - Date.parse(due.at)) })}</span>
          </li>
        )}
      </ol>
    </section>
  );
}
