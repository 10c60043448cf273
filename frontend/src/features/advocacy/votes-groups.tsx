import { useTranslation } from 'react-i18next';
import type { RollCall, VotesRow } from '@/api/shapes';
import { number, shortDay } from '@/lib/format';
import { count, type GroupVotes, groupsAt, isOtherwise, type Seated, VOTE_STATES, voteState } from './vote-states';

/** How each group voted at one roll call. */
export function VotesOfGroups({ label, groups }: { label: string; groups: readonly GroupVotes[] }) {
  const { t } = useTranslation('advocacy');
  const all = groups.flatMap(({ seated }) => seated);
  const line = (seated: readonly Seated[]) => (
    <>
      <td className="number">{number(seated.length)}</td>
      {VOTE_STATES.map((state) => (
        <td key={state} className="number">
          {number(count(seated, ({ vote }) => voteState(vote) === state))}
        </td>
      ))}
      <td className="number">{number(count(seated, isOtherwise))}</td>
    </>
  );
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={label}>
      <table className="table">
        <caption>{label}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column_group')}</th>
            <th scope="col" className="number">
              {t('votes.seats')}
            </th>
            {VOTE_STATES.map((state) => (
              <th key={state} scope="col" className="number">
                {t(`votes.state.${state}`)}
              </th>
            ))}
            <th scope="col" className="number">
              {t('votes.otherwise')}
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map(({ key, name, seated }) => (
            <tr key={key}>
              <th scope="row">{key ? <abbr title={name}>{key}</abbr> : t('votes.no_group')}</th>
              {line(seated)}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('votes.everybody')}</th>
            {line(all)}
          </tr>
        </tbody>
      </table>
    </div>
  );
}

/** The same group from one roll call of the subject to the next, the first one first. */
export function VotesOverTime({ rollCalls, rows }: { rollCalls: readonly RollCall[]; rows: readonly VotesRow[] }) {
  const { t } = useTranslation('advocacy');
  const days = rollCalls.map((rollCall, at) => ({ rollCall, groups: groupsAt(rows, at) }));
  const keys = [...new Set(days.flatMap(({ groups }) => groups.map(({ key }) => key)))].sort((a, b) =>
    a.localeCompare(b),
  );
  const cell = (seated: readonly Seated[]) => {
    const otherwise = count(seated, isOtherwise);
    return (
      <>
        {t('votes.cell', {
          yes: number(count(seated, ({ vote }) => vote.choice === 'for')),
          no: number(count(seated, ({ vote }) => vote.choice === 'against')),
        })}
        {otherwise > 0 && <small> {t('votes.cell_otherwise', { count: otherwise })}</small>}
      </>
    );
  };
  return (
    <div className="table-scroll votes-over-time" tabIndex={0} role="group" aria-label={t('votes.over_time')}>
      <table className="table">
        <caption>{t('votes.over_time')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('column_group')}</th>
            {rollCalls.map((rollCall) => (
              <th key={rollCall.id} scope="col">
                {t('votes.one', { number: rollCall.number, day: shortDay(rollCall.on) })}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key}>
              <th scope="row">{key || t('votes.no_group')}</th>
              {days.map(({ rollCall, groups }) => (
                <td key={rollCall.id}>{cell(groups.find((group) => group.key === key)?.seated ?? [])}</td>
              ))}
            </tr>
          ))}
          <tr>
            <th scope="row">{t('votes.everybody')}</th>
            {days.map(({ rollCall, groups }) => (
              <td key={rollCall.id}>{cell(groups.flatMap(({ seated }) => seated))}</td>
            ))}
          </tr>
        </tbody>
      </table>
    </div>
  );
}
