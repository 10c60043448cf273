import './seat-dossier.css';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Dossier, Note } from '@/api/shapes';
import { dated, day, instant, number } from '@/lib/format';
import { Raised } from '@/ui/raised';

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

/** All that whoever holds this seat should know, on one sheet: whom they meet, what was done and promised, who helps. */
export function SeatDossier({ page }: { page: Dossier }) {
  const { t } = useTranslation('member');
  const { office_holder: official, promise } = page;
  const by = (note: Note) => (note.due_on ? ` (${t('notes.by', { day: day(note.due_on) })})` : '');
  return (
    <article className="card dossier" aria-labelledby="dossier">
      <header>
        <p className="above">{t('dossier.above', { day: day(page.made_at) })}</p>
        <h1 id="dossier">
          <Raised text={page.seat.name} />
        </h1>
      </header>
      {page.is_first && page.meetings.length === 0 && (
        <div className="notice">
          <b>{t('dossier.first')}</b>
          <p>{t('dossier.first_do')}</p>
        </div>
      )}
      <Part title={t('dossier.whom')}>
        {official ? (
          <p>
            <b>{official.full_name}</b>
            {official.group && `, ${official.group}`}.{' '}
            <Raised text={t('dossier.sits', { day: dated(official.since) })} />{' '}
            {official.office_email && <a href={`mailto:${official.office_email}`}>{official.office_email}</a>}
          </p>
        ) : (
          <p className="muted">{t('dossier.nobody_sits')}</p>
        )}
      </Part>
      <Part title={t('dossier.promised')}>
        {page.open_promises.length ? (
          <ul>
            {page.open_promises.map((note) => (
              <li key={note.id}>
                {note.text}
                {by(note)}
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t('dossier.promised_none')}</p>
        )}
      </Part>
      <Part title={t('dossier.meetings')}>
        {page.meetings.length ? (
          <ul>
            {page.meetings.map((one) => (
              <li key={one.at}>
                <Raised text={t('dossier.about', { what: day(one.at) })} /> {one.asked}. {one.came_of}.{' '}
                {one.said && <q>{one.said}</q>} {one.hard}
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t('dossier.meetings_none')}</p>
        )}
        {page.earlier_meetings > 0 && <p className="note">{t('dossier.earlier', { count: page.earlier_meetings })}</p>}
      </Part>
      <Part title={t('dossier.notes')}>
        {page.notes.length ? (
          <ul>
            {page.notes.map((note) => (
              <li key={note.id}>
                <span className="muted">{t('dossier.about', { what: t(`notes.kinds.${note.kind}`) })}</span> {note.text}
                {by(note)}
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t('dossier.notes_none')}</p>
        )}
      </Part>
      <Part title={t('dossier.waiting')}>
        {page.waiting.length ? (
          <ul>
            {page.waiting.map((one) => (
              <li key={one.path}>
                {page.term ? <Link to={one.path}>{one.title}</Link> : one.title} ({one.state}).{' '}
                <Raised text={t('dossier.until', { at: instant(one.ends_at) })} />
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t('dossier.waiting_none')}</p>
        )}
      </Part>
      <Part title={t('dossier.organisers')}>
        {page.organisers.length ? (
          <ul>
            {page.organisers.map((one) => (
              <li key={one.email || one.name}>
                {one.name}, <Raised text={page.organised_place} />
                {one.email && (
                  <>
                    {', '}
                    <a href={`mailto:${one.email}`}>{one.email}</a>
                  </>
                )}
              </li>
            ))}
          </ul>
        ) : (
          <p className="muted">{t('dossier.organisers_none')}</p>
        )}
        <p className="note">
          {promise
            ? t(promise.is_at_least ? 'dossier.record_at_least' : 'dossier.record', {
                place: promise.area_name,
                from: dated(promise.begins),
                to: dated(promise.ends),
                asked: number(promise.asked),
                called: number(promise.called),
              })
            : t('dossier.record_none')}
        </p>
      </Part>
    </article>
  );
}
