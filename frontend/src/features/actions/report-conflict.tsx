import { useTranslation } from 'react-i18next';
import type { Report } from '@/api/shapes';
import { type ReportWords, reportLines } from './report-body';

interface SidesProps {
  mine: ReportWords;
  theirs: Report;
}

/** What this device holds and what was reported meanwhile, side by side. */
export function BothReports({ mine, theirs }: SidesProps) {
  const { t } = useTranslation('member');
  const sides = [
    { title: t('conflict.mine'), lines: reportLines(mine, t) },
    { title: t('conflict.theirs'), lines: reportLines(theirs, t) },
  ];
  return (
    <div className="side-by-side">
      {sides.map(({ title, lines }) => (
        <section key={title} className="notice">
          <b>{title}</b>
          {lines.map((line, index) => (
            <p key={index}>{line}</p>
          ))}
        </section>
      ))}
    </div>
  );
}

interface Props extends SidesProps {
  onTheirs: () => void;
  onMine: () => void;
  onBoth: () => void;
}

/** I reported from elsewhere meanwhile: which one stands is mine to say, and nothing goes before. */
export function ReportConflict({ mine, theirs, onTheirs, onMine, onBoth }: Props) {
  const { t } = useTranslation('member');
  return (
    <div className="fields">
      <BothReports mine={mine} theirs={theirs} />
      <div className="buttons">
        <button type="button" className="button" onClick={onBoth}>
          {t('conflict.both')}
        </button>
        <button type="button" className="button line" onClick={onMine}>
          {t('conflict.keep_mine')}
        </button>
        <button type="button" className="button line" onClick={onTheirs}>
          {t('conflict.keep_theirs')}
        </button>
      </div>
      <p className="note">{t('conflict.both_why')}</p>
    </div>
  );
}
