import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { type Entry, outbox } from '@/api/outbox';
import { instant } from '@/lib/format';
import { vault } from '@/lib/vault';
import { Raised } from '@/ui/raised';
import { assignmentOf, meanwhileOf, type ReportBody, reportLines } from './report-body';
import { BothReports } from './report-conflict';
import { UnsentPhoto } from './unsent-photo';

interface Props {
  entry: Entry;
  /** On the first screen it leads to the form, where it can still be corrected or chosen. */
  hasLink?: boolean;
}

/** With what the form had kept of it. */
async function letGo(entry: Entry): Promise<void> {
  await vault.delete(`draft:${entry.subject}`);
  await vault.delete(`draft:photo:${assignmentOf(entry)}`);
  await outbox.drop(entry.id);
}

/** A report that the server did not take, and why. It stays on this device until its reader lets it go, and can be taken elsewhere. */
export function UnsentReport({ entry, hasLink = false }: Props) {
  const { t } = useTranslation('member');
  const [isCopied, setCopied] = useState(false);
  const mine = entry.body as ReportBody;
  const theirs = meanwhileOf(entry);
  const text = reportLines(mine, t).join('\n');
  const mail = `mailto:?subject=${encodeURIComponent(t('unsent_report.subject'))}&body=${encodeURIComponent(text)}`;
  const isMineToSay = entry.refusal?.code === 'report_differs' || Object.keys(entry.refusal?.fields ?? {}).length > 0;
  return (
    <section className="card" aria-labelledby={`unsent-${entry.id}`}>
      <h2 id={`unsent-${entry.id}`}>{t('unsent_report.title')}</h2>
      <p>{entry.refusal?.detail || t('report.refused')}</p>
      <p className="note">
        <Raised text={t('unsent_report.written', { at: instant(entry.queuedAt) })} />
      </p>
      {theirs ? (
        <BothReports mine={mine} theirs={theirs} />
      ) : (
        reportLines(mine, t).map((line, index) => <p key={index}>{line}</p>)
      )}
      {entry.photo && <UnsentPhoto photo={entry.photo} />}
      {hasLink && isMineToSay ? (
        <Link className="button wide" to={`/assignments/${assignmentOf(entry)}`}>
          {t('unsent_report.open')}
        </Link>
      ) : (
        <>
          <p className="note">{t('unsent_report.what')}</p>
          <div className="buttons">
            <button
              type="button"
              className="button"
              onClick={() => {
                void navigator.clipboard.writeText(text).then(() => {
                  setCopied(true);
                });
              }}
            >
              {t(isCopied ? 'common:left.copied' : 'common:left.copy')}
            </button>
            <a className="button line" href={mail}>
              {t('unsent_report.write')}
            </a>
            <button type="button" className="button stop" onClick={() => void letGo(entry)}>
              {t('common:left.erase')}
            </button>
          </div>
        </>
      )}
    </section>
  );
}
