import './advocacy.css';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact, Position, Standing } from '@/api/shapes';
import { stanceName } from '@/entities/stance/words';
import { dated } from '@/lib/format';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { ContactForm } from './contact-form';
import { ContactLine } from './contact-line';
import { ledgerQueries, subjectsQuery } from './ledger-api';
import { PositionLine } from './position-line';
import { SayPosition } from './say-position';
import { StaffPart } from './staff-part';
import { StanceLine } from './stance-line';

interface Props {
  /** Whom. */
  holder: string;
  /** The subject that is looked at: it stands first. */
  subject?: string | undefined;
}

/** What is known of somebody who decides: where they stand on each subject, by what they said, and each contact with them. */
export function WhatWeKnow({ holder, subject }: Props) {
  const { t } = useTranslation('advocacy');
  const standings = useQuery(ledgerQueries.standings(holder));
  const positions = useQuery(ledgerQueries.positions({ office_holder: holder }));
  const contacts = useQuery(ledgerQueries.contacts({ office_holder: holder }));
  const subjects = useQuery(subjectsQuery);
  const [deed, setDeed] = useState<'say' | 'log' | null>(null);
  const failed = [standings, positions, contacts, subjects].find(({ isError }) => isError);
  if (failed) return <Trouble error={failed.error} retry={() => void failed.refetch()} />;
  if (!standings.data || !positions.data || !contacts.data || !subjects.data) return <Skeleton lines={6} />;
  const open = subjects.data.items.filter(({ closed_at }) => !closed_at);
  const ordered = [...standings.data.items].sort(
    (a, b) => Number(b.subject === subject) - Number(a.subject === subject),
  );
  const close = () => {
    setDeed(null);
  };
  const { abilities } = standings.data;
  return (
    <>
      <section className="mp-part">
        <h3>{t('positions')}</h3>
        {ordered.length === 0 && <p className="muted">{t('positions_none')}</p>}
        {ordered.map((standing) => (
          <OnSubject
            key={standing.subject}
            standing={standing}
            lines={positions.data.items.filter((line) => line.subject.id === standing.subject)}
            isOpen={standing.subject === subject}
          />
        ))}
      </section>
      <section className="mp-part">
        <h3>{t('contacts')}</h3>
        {contacts.data.items.length === 0 && <p className="muted">{t('contacts_none')}</p>}
        <ul className="mp-lines">
          {contacts.data.items.map((contact: Contact) => (
            <ContactLine key={contact.id} contact={contact} subjects={open} />
          ))}
        </ul>
      </section>
      <StaffPart holder={holder} />
      <div className="mp-deeds">
        {abilities.say && open.length > 0 && (
          <button
            type="button"
            className="button"
            onClick={() => {
              setDeed('say');
            }}
          >
            {t('say.do')}
          </button>
        )}
        {abilities.log && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              setDeed('log');
            }}
          >
            {t('log.do')}
          </button>
        )}
      </div>
      {deed === 'say' && <SayPosition holder={holder} subjects={open} chosen={subject} onClose={close} />}
      {deed === 'log' && (
        <ContactForm holder={holder} subjects={open} register={standings.data.register} onClose={close} />
      )}
    </>
  );
}

interface OnSubjectProps {
  standing: Standing;
  lines: readonly Position[];
  isOpen: boolean;
}

/** Where they stand on one subject, drawn and said, with the lines behind it. */
function OnSubject({ standing, lines, isOpen }: OnSubjectProps) {
  const { t } = useTranslation('advocacy');
  const name = standing.stance === null ? 'unknown' : stanceName(standing.stance);
  return (
    <div className="mp-subject">
      <p>
        <b>{standing.title}</b>
      </p>
      <StanceLine title={standing.title} stance={standing.stance} />
      <p>
        <span className={`state is-stance-${name}`}>{t(`state.${name}`)}</span>{' '}
        {standing.since && t('since', { day: dated(standing.since) })}
        {standing.is_disputed && `, ${t('disputed')}`}
      </p>
      {standing.convinced_until ? (
        <p className="muted">{t('stop_until', { day: dated(standing.convinced_until) })}</p>
      ) : (
        standing.expires_on && <p className="muted">{t('until', { day: dated(standing.expires_on) })}</p>
      )}
      {lines.length > 0 && (
        <details open={isOpen}>
          <summary>{t('lines')}</summary>
          <ul className="mp-lines">
            {lines.map((line) => (
              <PositionLine key={line.id} position={line} />
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
