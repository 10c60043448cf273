import { useTranslation } from 'react-i18next';
import type { PageToLookAt as Page, Reported } from '@/api/shapes';
import { day } from '@/lib/format';
import { Pane } from '@/ui/pane';
import { PageDecisionForm } from './page-decision-form';

/** One page: what it says, what was reported about it and about messages on it, and the decision. */
export function PageToLookAt({ page }: { page: Page }) {
  const { t } = useTranslation('money');
  return (
    <Pane title={<span lang={page.language}>{page.title}</span>} note={t(`pages.kind.${page.kind}`)}>
      <div className="pane-body fields">
        <p className="muted">
          {t('pages.opened', { name: page.first_name, day: day(page.opened_at) })} ·{' '}
          <a href={page.address}>{t('pages.see')}</a>
        </p>
        {page.photo && <img src={page.photo} width={240} height={160} alt={t('pages.photo')} />}
        <p lang={page.language} className="as-typed">
          {page.words}
        </p>
        {page.hiding && (
          <div className="notice">
            <p>
              <b>{t('pages.hidden_on', { day: day(page.hiding.at) })}</b> {page.hiding.words}
            </p>
            {page.hiding.answer && (
              <p>
                <b>{t('pages.answer')}</b> {page.hiding.answer}
              </p>
            )}
          </div>
        )}
        <Reports reports={page.reports} />
        <PageDecisionForm
          target={{ slug: page.slug }}
          isHidden={page.hiding !== null}
          isReported={page.reports.length > 0}
        />
        {page.messages.length > 0 && (
          <ul className="rows">
            {page.messages.map((message) => (
              <li key={message.id}>
                <div className="fields">
                  <blockquote>
                    <p>{message.words}</p>
                  </blockquote>
                  <p className="muted">{message.name || t('pages.no_name')}</p>
                  <Reports reports={message.reports} />
                  <PageDecisionForm target={{ message: message.id }} isHidden={message.is_hidden} isReported />
                </div>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Pane>
  );
}

function Reports({ reports }: { reports: readonly Reported[] }) {
  const { t } = useTranslation('money');
  if (reports.length === 0) return null;
  return (
    <ul className="rows">
      {reports.map((report) => (
        <li key={report.at + report.words}>
          <p>
            <b>{t(`pages.reason.${report.reason}`)}</b> {report.words} <small>{day(report.at)}</small>
          </p>
        </li>
      ))}
    </ul>
  );
}
