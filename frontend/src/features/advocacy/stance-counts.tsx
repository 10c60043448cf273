import './advocacy.css';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { LEDGER_STATES, type LedgerState } from './ledger-states';

const TONES: Record<LedgerState, string> = {
  for: 'var(--reported)',
  rather_for: 'var(--accepted)',
  silent: 'color-mix(in srgb, var(--waiting-2) 60%, var(--waiting))',
  rather_against: 'color-mix(in srgb, var(--dormant-2) 55%, var(--dormant))',
  against: 'var(--dormant-2)',
  unknown: 'var(--empty-2)',
};

interface Props {
  counts: Readonly<Record<string, number>>;
  total: number;
  state: LedgerState | '';
  onState: (state: LedgerState) => void;
}

/** One tick for each seat in the order of the counts; each count is a filter. */
export function StanceCounts({ counts, total, state, onState }: Props) {
  const { t } = useTranslation('advocacy');
  const of = (name: LedgerState) => counts[name] ?? 0;
  const said = LEDGER_STATES.map((name) => `${number(of(name))} ${t(`state.${name}`).toLocaleLowerCase()}`).join(', ');
  return (
    <section className="pane pane-body" aria-label={t('progress')}>
      <div
        className="strip"
        role="img"
        aria-label={t('strip', { count: total, said })}
        style={{ maxWidth: `${total * 2}px` }}
      >
        {LEDGER_STATES.map((name) => (
          <i key={name} style={{ flex: `${of(name)} 0 0`, background: TONES[name] }} />
        ))}
      </div>
      <div className="counts">
        {LEDGER_STATES.map((name) => (
          <button
            key={name}
            type="button"
            aria-pressed={state === name}
            onClick={() => {
              onState(name);
            }}
          >
            <b>{number(of(name))}</b>
            <span className={`state is-stance-${name}`}>{t(`state.${name}`)}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
