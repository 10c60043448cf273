import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useOutbox } from '@/api/use-outbox';
import { AnswerCard } from '@/features/actions/answer-card';
import { ASSIGNMENTS_KEPT, assignmentQueries } from '@/features/actions/api';
import { BriefCard } from '@/features/actions/brief-card';
import { reportSubject } from '@/features/actions/report-body';
import { ReportForm } from '@/features/actions/report-form';
import { SentPhoto } from '@/features/actions/report-photo';
import { UnsentReport } from '@/features/actions/unsent-report';
import { OfficeHolderCard } from '@/features/advocacy/office-holder-card';
import { Icon } from '@/ui/icon';
import { KeptNote } from '@/ui/kept-note';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

export function Brief() {
  const { t } = useTranslation('member');
  const { id = '' } = useParams();
  const queries = useQueryClient();
  const assignment = useQuery(assignmentQueries.one(id));
  const unsent = useOutbox().find((entry) => entry.refusal && entry.subject === reportSubject(id));
  if (assignment.isPending) {
    return (
      <section className="card">
        <Skeleton lines={8} />
      </section>
    );
  }
  if (assignment.isError) {
    return (
      <>
        <Trouble error={assignment.error} retry={() => void assignment.refetch()} />
        {unsent && <UnsentReport entry={unsent} />}
      </>
    );
  }
  const data = assignment.data;
  return (
    <>
      <Link className="button bare back whole" to="/today">
        <Icon name="left" />
        {t('tab.today')}
      </Link>
      <KeptNote name={ASSIGNMENTS_KEPT} />
      <div className="member-column">
        <AnswerCard assignment={data} />
        <BriefCard assignment={data} />
      </div>
      <div className="member-column">
        <section className="card" aria-labelledby="office-holder">
          <h2 id="office-holder">{t('brief.whom')}</h2>
          <OfficeHolderCard area={data.seat.code} />
        </section>
        {!data.abilities.report && unsent && <UnsentReport entry={unsent} />}
        {!data.abilities.report && data.report?.photo && (
          <section className="card" aria-labelledby="report-photo">
            <h2 id="report-photo">{t('report.title')}</h2>
            <SentPhoto
              assignment={data.id}
              photo={data.report.photo}
              onRemoved={() => queries.invalidateQueries({ queryKey: ['actions', 'assignments'] })}
            />
          </section>
        )}
        {data.abilities.report && (
          <section className="card" aria-labelledby="report">
            <div className="above">
              <h2 id="report">{t('report.title')}</h2>
              <span>{t('report.seconds')}</span>
            </div>
            <ReportForm assignment={data} />
          </section>
        )}
      </div>
    </>
  );
}
