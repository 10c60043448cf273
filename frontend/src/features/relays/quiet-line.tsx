import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { QuietTerm } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';

/** One holder who was quiet, the relay or who stands in: since when, what was tried, what came of it. */
export function QuietLine({ term }: { term: QuietTerm }) {
  const { t } = useTranslation('organiser');
  const { call } = term;
  return (
    <li>
      <div>
        <h3>
          <Link to={`/desk/seats?seat=${term.code}`}>
            <Raised text={term.place} />
          </Link>
        </h3>
        <p>
          {term.name} · {term.kind === 'stand_in' && `${t('common:seat.stand_in')} · `}
          <Raised
            text={t(term.is_dormant ? 'care.dormant' : 'care.days', { count: term.days, day: day(term.seen_at) })}
          />
        </p>
        {term.wishes_hand_over && <p className="notice">{t('care.hand_over')}</p>}
        {term.steps.length > 0 ? (
          <ul className="list">
            {term.steps.map((step) => (
              <li key={step.kind}>
                <Raised
                  text={t(
                    step.kind === 'dormant' && term.kind === 'stand_in' ? 'care.step_silent' : `care.step_${step.kind}`,
                    { day: day(step.at) },
                  )}
                />
                {step.kind === 'call' &&
                  call?.is_open &&
                  ` · ${t(call.caller ? 'care.open_by' : 'care.open_yours', { name: call.caller })}`}
                {step.kind === 'call' &&
                  call?.outcome &&
                  ` · ${t(`care.outcome_${call.outcome}`, { name: call.caller })}`}
                {step.kind === 'call' && call?.words && (
                  <>
                    {' '}
                    <q>{call.words}</q>
                  </>
                )}
              </li>
            ))}
          </ul>
        ) : (
          !term.wishes_hand_over && <p className="muted">{t('care.untried')}</p>
        )}
      </div>
    </li>
  );
}
