import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ImportRead } from '@/api/shapes';
import { day, number } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { ImportAsked } from './import-asked';
import { ImportCounts } from './import-counts';
import { ImportProgress } from './import-progress';
import { ImportUndo } from './import-undo';

const DONE = ['created', 'filled', 'met', 'given', 'waiting', 'withdrawn', 'withheld', 'elsewhere'] as const;
const UNDONE = ['undo.deleted', 'undo.kept', 'undo.restored', 'undo.agreements'] as const;
const words = {
  'undo.deleted': 'undone_deleted',
  'undo.kept': 'undone_kept',
  'undo.restored': 'undone_restored',
  'undo.agreements': 'undone_agreements',
} as const;

/** What an import did, or what taking it back did; and the way back, as long as there is one. */
export function ImportResult({ row }: { row: ImportRead }) {
  const { t } = useTranslation('organiser');
  const count = (name: string) => row.counts[name] ?? 0;
  if (row.status === 'undoing') {
    return (
      <Pane title={t('import.status_undoing')}>
        <div className="pane-body">
          <ImportProgress row={row} whole={count('created') + count('filled') + count('met')} />
        </div>
      </Pane>
    );
  }
  const isUndone = row.status === 'undone';
  const deeds = isUndone
    ? UNDONE.map((name) => ({ name, word: t(`import.${words[name]}`, { count: count(name) }) }))
    : DONE.filter((name) => name === 'created' || count(name) > 0).map((name) => ({
        name,
        word: t(`import.done_${name}`, { count: count(name) }),
      }));
  return (
    <>
      <Pane title={t(isUndone ? 'import.was_undone' : 'import.was_done')}>
        <div className="pane-body">
          <ul className="figures">
            {deeds.map(({ name, word }) => (
              <li key={name}>
                <b>{number(count(name))}</b>
                <span>{word}</span>
              </li>
            ))}
          </ul>
          {!isUndone && count('given') + count('waiting') === 0 && <p>{t('import.nobody_agreed')}</p>}
          <div className="buttons">
            <Link className="button" to="/desk/people">
              {t('import.to_people')}
            </Link>
            {row.can_be_undone && <ImportUndo row={row} />}
            <Link className="button bare" to="/desk/people/import">
              {t('import.another')}
            </Link>
          </div>
          <p className="hint">{t('import.lines_until', { day: day(row.kept_until) })}</p>
        </div>
      </Pane>
      {!isUndone && <ImportAsked row={row} />}
      {!isUndone && (
        <Pane title={t('import.lines_of_file')}>
          <div className="pane-body">
            <ImportCounts row={row} />
          </div>
        </Pane>
      )}
    </>
  );
}
