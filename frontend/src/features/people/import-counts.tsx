import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ImportRow } from '@/api/shapes';
import { FileButton } from '@/entities/person/file-button';
import { number } from '@/lib/format';
import { importQueries, refusedAddress } from './import-api';

const OUTCOMES = ['new', 'known', 'repeated', 'refused'] as const;

/** How many lines of a file come to what, and why some are refused, the most frequent reason first. */
export function ImportCounts({ row }: { row: ImportRow }) {
  const { t } = useTranslation('organiser');
  const preview = useQuery(importQueries.preview(row.id, row.status));
  const told = new Map((preview.data?.reasons ?? []).map((reason) => [reason.code, reason.told]));
  const reasons = Object.entries(row.counts)
    .filter(([name]) => /^(refused|remark)\./.test(name))
    .map(([name, count]) => ({ code: name.split('.')[1] ?? '', count }))
    .sort((one, other) => other.count - one.count);
  return (
    <>
      <ul className="figures">
        {OUTCOMES.map((outcome) => (
          <li key={outcome}>
            <b>{number(row.counts[outcome] ?? 0)}</b>
            <span>{t(`import.outcome_${outcome}`)}</span>
          </li>
        ))}
      </ul>
      {reasons.length > 0 && preview.data && (
        <div className="import-reasons">
          <ul className="plain">
            {reasons.map(({ code, count }) => (
              <li key={code}>
                <b>{number(count)}</b> {told.get(code)}
              </li>
            ))}
          </ul>
          <div>
            <FileButton word={t('import.refused_file')} path={refusedAddress(row.id)} name="refused.csv" />
          </div>
        </div>
      )}
    </>
  );
}
