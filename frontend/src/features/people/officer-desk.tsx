import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { AccessReason } from '@/api/shapes';
import { time } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { findPeople, giveReason, narrowReason } from './officer-api';
import { OfficerCard } from './officer-card';

/** The data-protection officer types why, finds one person, and reads all that is kept of them. */
export function OfficerDesk() {
  const { t } = useTranslation('member');
  const [words, setWords] = useState('');
  const [q, setQ] = useState('');
  const [reason, setReason] = useState<AccessReason>();
  const opened = (given: AccessReason) => {
    setErased(false);
    setReason(given);
  };
  const give = useMutation({ mutationFn: giveReason, onSuccess: opened });
  const find = useMutation({ mutationFn: findPeople });
  const narrow = useMutation({ mutationFn: narrowReason, onSuccess: setReason });
  const [isErased, setErased] = useState(false);
  const beginAnew = () => {
    setReason(undefined);
    setWords('');
    setQ('');
    find.reset();
  };
  const mistake = give.isError ? asProblem(give.error).fields.reason?.[0] : undefined;
  if (!reason) {
    return (
      <section className="card" aria-labelledby="why">
        <h2 id="why">{t('officer.why')}</h2>
        {isErased && (
          <p role="status" className="note">
            {t('officer.erased')}
          </p>
        )}
        <p>{t('officer.why_lead')}</p>
        <form
          className="fields"
          onSubmit={(event) => {
            event.preventDefault();
            give.mutate(words);
          }}
        >
          <Field
            label={t('officer.reason')}
            hint={t('officer.reason_hint')}
            rows={3}
            maxLength={500}
            required
            value={words}
            error={mistake}
            onChange={(event) => {
              setWords(event.target.value);
            }}
          />
          {give.isError && !mistake && <Trouble error={give.error} />}
          <div className="buttons">
            <button type="submit" className="button" disabled={give.isPending}>
              {t('officer.go_on')}
            </button>
          </div>
        </form>
      </section>
    );
  }
  return (
    <>
      <section className="card" aria-labelledby="why">
        <h2 id="why">{t('officer.reason')}</h2>
        <p>{reason.reason}</p>
        <p className="note">{t('officer.until', { at: time(reason.ends_at) })}</p>
        <p>
          <button type="button" className="button line" onClick={beginAnew}>
            {t('officer.another')}
          </button>
        </p>
      </section>
      {reason.person ? (
        <OfficerCard
          reasonId={reason.id}
          person={reason.person}
          onErased={() => {
            beginAnew();
            setErased(true);
          }}
        />
      ) : (
        <section className="card" aria-labelledby="whom">
          <h2 id="whom">{t('officer.whom')}</h2>
          <form
            className="fields"
            role="search"
            onSubmit={(event) => {
              event.preventDefault();
              find.mutate({ id: reason.id, q });
            }}
          >
            <Field
              label={t('officer.search')}
              hint={t('officer.search_hint')}
              type="search"
              required
              value={q}
              error={find.isError ? asProblem(find.error).fields.q?.[0] : undefined}
              onChange={(event) => {
                setQ(event.target.value);
              }}
            />
            <div className="buttons">
              <button type="submit" className="button" disabled={find.isPending}>
                {t('officer.find')}
              </button>
            </div>
          </form>
          {find.isError && !asProblem(find.error).fields.q && <Trouble error={find.error} />}
          {narrow.isError && <Trouble error={narrow.error} />}
          {find.isSuccess && find.data.items.length === 0 && <p role="status">{t('officer.nobody')}</p>}
          {find.isSuccess && (
            <ul className="rows">
              {find.data.items.map((person) => (
                <li key={person.id}>
                  <div>
                    <h3>{`${person.given_name} ${person.initial}`.trim()}</h3>
                    <p className="muted">
                      <Raised text={[person.locality, person.area].filter(Boolean).join(' · ') || t('own.unknown')} />
                    </p>
                  </div>
                  <button
                    type="button"
                    className="button line"
                    disabled={narrow.isPending}
                    onClick={() => {
                      narrow.mutate({ id: reason.id, person: person.id });
                    }}
                  >
                    {t('officer.read')}
                  </button>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </>
  );
}
