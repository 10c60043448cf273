import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { BoardLine } from '@/api/shapes';
import { Face } from '@/entities/person/face';
import { instant } from '@/lib/format';
import { useNow } from '@/lib/use-now';
import { Raised } from '@/ui/raised';
import { NextSteps } from './next-steps';
import { SentPhoto } from './report-photo';
import { said } from './report-words';
import { hourOf } from './step-words';
import type { BoardSteps } from './use-board-steps';

interface Props {
  action: string;
  line: BoardLine;
  steps: BoardSteps;
  canStep: boolean;
  officeHolder: ReactNode;
}

/** One seat of a running action: where it stands, what came of it, and what to do. */
export function BoardPanel({ action, line, steps, canStep, officeHolder }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const now = useNow();
  const isExcused = line.excused_until !== null && Date.parse(line.excused_until) > now;
  const opened = (
    <p className="note">
      <Raised
        text={
          line.opened_at
            ? t('board.opened', { at: instant(line.opened_at), version: line.opened_version })
            : t('board.not_opened')
        }
      />
    </p>
  );
  // The list of people is searched by the beginning of one name: the family's tells most.
  const [given = '', ...family] = (line.holder ?? '').split(' ');
  return (
    <div className="pane-body">
      <h2 style={{ fontSize: 'var(--t-4)' }}>
        <Raised text={line.seat.name} />
      </h2>
      <span className={`state is-${line.state}`}>{t(`common:board.${line.state}`)}</span>
      {isExcused && line.excused_until && (
        <p className="note">
          <Raised text={t('board.excused_until', { at: hourOf(line.excused_until, now) })} />
        </p>
      )}
      <section className="panel-section">
        <h3>{t('board.relay')}</h3>
        {line.holder ? (
          <div className="person">
            <Face name={line.holder} isSmall />
            <div>
              <b>{line.holder}</b>
              {(line.answer === 'declined' || line.answer === 'blocked' || line.answer === 'expired') && (
                <p>{t(`board.${line.answer}`)}</p>
              )}
              {line.reason && <p>{t('board.excuse', { reason: line.reason })}</p>}
              <p className="note">
                <Raised
                  text={line.answered_at ? t('board.answered', { at: instant(line.answered_at) }) : t('board.silent')}
                />
              </p>
              {!line.neighbour && opened}
            </div>
          </div>
        ) : (
          <p className="muted">{t('board.nobody')}</p>
        )}
        {line.neighbour && (
          <div className="person">
            <Face name={line.neighbour} isSmall />
            <div>
              <b>{t('board.taken_over_by', { name: line.neighbour })}</b>
              {line.neighbour_since && (
                <p className="note">
                  <Raised text={t('board.taken_over_since', { at: instant(line.neighbour_since) })} />
                </p>
              )}
              {opened}
            </div>
          </div>
        )}
      </section>
      <NextSteps key={line.id} action={action} line={line} steps={steps} canStep={canStep} />
      {line.report && (
        <section className="panel-section">
          <h3>{t('board.report')}</h3>
          <p>{said(line.report, line, t)}</p>
          {line.report.quote && <blockquote className="quote">{line.report.quote}</blockquote>}
          {line.report.failed && <p className="muted">{line.report.failed}</p>}
          {line.report.photo && (
            <SentPhoto
              assignment={line.id}
              photo={line.report.photo}
              onRemoved={() => queries.invalidateQueries({ queryKey: ['actions', 'board', action] })}
            />
          )}
        </section>
      )}
      <section className="panel-section">
        <h3>{t('seat.office_holder')}</h3>
        {officeHolder}
      </section>
      <section className="panel-section">
        <h3>{t('board.elsewhere')}</h3>
        <div className="deeds">
          {line.holder ? (
            <Link className="button line" to={`/desk/people?q=${encodeURIComponent(family.join(' ') || given)}`}>
              {t('board.call', { name: given })} <small>{t('board.call_small')}</small>
            </Link>
          ) : (
            <Link className="button line" to={`/desk/applications?q=${encodeURIComponent(line.seat.name)}`}>
              {t('board.find')} <small>{t('board.find_small')}</small>
            </Link>
          )}
          <Link className="button line" to={`/desk/seats?seat=${encodeURIComponent(line.seat.code)}`}>
            {t('board.see_seat')} <small>{t('board.see_seat_small')}</small>
          </Link>
          <Link className="button line" to={`/assignments/${line.id}`}>
            {t('board.brief')} <small>{t('board.brief_small')}</small>
          </Link>
          <a className="button line" href={`/${document.documentElement.lang}/places/${line.seat.code}/`}>
            {t('seat.public_page')}
          </a>
        </div>
      </section>
    </div>
  );
}
