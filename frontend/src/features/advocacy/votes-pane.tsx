import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RollCall, Subject, VotesRow } from '@/api/shapes';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { dated, number, shortDay } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { NarrowBy } from '@/ui/narrow-by';
import { Pane } from '@/ui/pane';
import { HemicycleFigure, SeatMark, type SeatState } from './hemicycle';
import { LEDGER_STATES } from './ledger-states';
import { SureDialog } from './sure-dialog';
import { TieRollCall } from './tie-roll-call';
import { count, groupsAt, isOtherwise, saidState, type Seated, VOTE_STATES, voteState } from './vote-states';
import { takeVotes, untieRollCall, votesQuery } from './votes-api';
import { VotesOfGroups, VotesOverTime } from './votes-groups';
import { VotesTable } from './votes-table';

/** What was said on a subject against how everybody voted on it: drawn, in tables, and from one roll call to the next. */
export function VotesPane({ subject, mayTie }: { subject: Subject; mayTie: boolean }) {
  const { t } = useTranslation('advocacy');
  const { get, set } = useFilters();
  const [isTying, setTying] = useState(false);
  const votes = useQuery(votesQuery(subject.id));
  const rollCalls = votes.data?.roll_calls ?? [];
  const chosen = rollCalls.find(({ id }) => id === get('vote')) ?? rollCalls.at(-1);
  return (
    <Pane title={t('votes.title')} note={t('votes.note')}>
      <ListBody
        list={votes}
        blank={
          !chosen && (
            <Blank title={t('votes.none')}>
              <p>{t(mayTie ? 'votes.none_lead' : 'votes.none_why')}</p>
            </Blank>
          )
        }
      >
        {chosen && (
          <div className="pane-body">
            <div className="people-narrow">
              <NarrowBy
                label={t('votes.roll_call')}
                any={t('votes.latest')}
                value={get('vote') && chosen.id}
                options={rollCalls.map(({ id, number: name, on, title }) => [
                  id,
                  `${t('votes.one', { number: name, day: shortDay(on) })}, ${title}`,
                ])}
                onChange={(vote) => {
                  set({ vote });
                }}
              />
            </div>
            <OneRollCall
              key={chosen.id}
              rollCall={chosen}
              at={rollCalls.indexOf(chosen)}
              rows={votes.data?.items ?? []}
            />
            {rollCalls.length > 1 && <VotesOverTime rollCalls={rollCalls} rows={votes.data?.items ?? []} />}
          </div>
        )}
      </ListBody>
      <div className="pane-body buttons">
        {mayTie && !subject.closed_at && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              setTying(true);
            }}
          >
            {t('votes.tie')}
          </button>
        )}
        {chosen && (
          <ReasonedFile
            word={t('votes.export')}
            said={t('votes.export_why')}
            take={(reason) => takeVotes({ subject: subject.id, reason })}
            name={`${t('votes.title')}.csv`}
          />
        )}
      </div>
      {isTying && (
        <TieRollCall
          subject={subject.id}
          onClose={() => {
            setTying(false);
          }}
        />
      )}
    </Pane>
  );
}

interface OneProps {
  rollCall: RollCall;
  /** Its place among those of the subject. */
  at: number;
  rows: readonly VotesRow[];
}

function OneRollCall({ rollCall, at, rows }: OneProps) {
  const { t } = useTranslation('advocacy');
  const [isOtherwiseOnly, setOtherwiseOnly] = useState(false);
  const [isUntying, setUntying] = useState(false);
  const groups = groupsAt(rows, at);
  const seated = groups.flatMap((group) => group.seated);
  const shown = isOtherwiseOnly ? seated.filter(isOtherwise) : seated;
  const otherwise = count(seated, isOtherwise);
  const pictures = [
    {
      name: 'said',
      words: LEDGER_STATES.map((state): [SeatState, string] => [state, t(`state.${state}`)]),
      stateOf: ({ vote }: Seated): SeatState => saidState(vote),
    },
    {
      name: 'voted',
      words: VOTE_STATES.map((state): [SeatState, string] => [state, t(`votes.state.${state}`)]),
      stateOf: ({ vote }: Seated): SeatState => voteState(vote),
    },
  ] as const;
  return (
    <>
      <p>
        <b>{t('votes.found', { count: otherwise })}</b>
      </p>
      <p>
        {rollCall.title}
        {rollCall.result && `, ${t(`votes.result.${rollCall.result}`)}`}
        {', '}
        <time dateTime={rollCall.on}>{dated(rollCall.on)}</time>
        {'. '}
        {t('votes.tally', {
          yes: number(rollCall.tally_for),
          no: number(rollCall.tally_against),
          abstained: number(rollCall.tally_abstained),
        })}
        {rollCall.favourable === 'against' && ` ${t('votes.turned')}`}{' '}
        {rollCall.address && <a href={rollCall.address}>{t('votes.record')}</a>}
      </p>
      <div className="hemicycles">
        {pictures.map(({ name, words, stateOf }) => {
          const counted = words
            .map(([state, word]) => ({ state, word, of: count(seated, (seat) => stateOf(seat) === state) }))
            .filter(({ of }) => of > 0);
          return (
            <figure key={name}>
              <figcaption>{t(`votes.${name}`)}</figcaption>
              <HemicycleFigure
                label={t('votes.drawn', {
                  count: seated.length,
                  said: counted.map(({ word, of }) => `${number(of)} ${word.toLocaleLowerCase()}`).join(', '),
                })}
                groups={groups}
                stateOf={stateOf}
              />
              <ul className="seat-words">
                {counted.map(({ state, word, of }) => (
                  <li key={state}>
                    <SeatMark state={state} /> {word} <b>{number(of)}</b>
                  </li>
                ))}
              </ul>
            </figure>
          );
        })}
      </div>
      <p className="muted">{t('votes.why')}</p>
      <VotesOfGroups label={t('votes.by_group')} groups={groups} />
      <div className="filters">
        <button
          type="button"
          className="chip"
          aria-pressed={isOtherwiseOnly}
          onClick={() => {
            setOtherwiseOnly(!isOtherwiseOnly);
          }}
        >
          {t('votes.otherwise')} <small>{number(otherwise)}</small>
        </button>
      </div>
      <VotesTable label={t('shown', { count: shown.length })} seated={shown} />
      {rollCall.abilities.tie && (
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setUntying(true);
          }}
        >
          {t('votes.untie')}
        </button>
      )}
      {isUntying && (
        <SureDialog
          deed={t('votes.untie')}
          tell={untieRollCall}
          id={rollCall.id}
          onClose={() => {
            setUntying(false);
          }}
        >
          <p>{t('votes.untie_why')}</p>
        </SureDialog>
      )}
    </>
  );
}
