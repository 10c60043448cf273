import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Raised } from '@/ui/raised';

interface WrongLine {
  line: number;
  fields: Record<string, string[]>;
}

/** What is wrong with each line of a table that was not brought in. */
export function WrongLines({ error }: { error: unknown }) {
  const { t } = useTranslation('money');
  const lines = (asProblem(error).body.rows ?? []) as WrongLine[];
  if (lines.length === 0) return null;
  return (
    <ul className="wrong-lines">
      {lines.map(({ line, fields }) => (
        <li key={line}>
          <b>{t('batches.line', { line })}</b> <Raised text={Object.values(fields).flat().join(' ')} />
        </li>
      ))}
    </ul>
  );
}
