import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import { Raised } from './raised';

interface Props {
  error: unknown;
  retry?: () => void;
  /** What is safe all the same. */
  kept?: string;
}

/** Something failed: what happened, what is kept, and what to do. */
export function Trouble({ error, retry, kept }: Props) {
  const { t } = useTranslation('common');
  const problem = asProblem(error);
  const own = problem.code === 'network' ? t('trouble.network') : problem.status >= 500 ? t('trouble.server') : '';
  return (
    <div className="problem" role="alert">
      <b>
        <Raised text={own || problem.message || Object.values(problem.fields)[0]?.[0] || t('trouble.unknown')} />
      </b>
      {kept && <p>{kept}</p>}
      {retry && (
        <button type="button" className="button bare" onClick={retry}>
          {t('retry')}
        </button>
      )}
    </div>
  );
}
