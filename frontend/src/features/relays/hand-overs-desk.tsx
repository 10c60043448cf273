import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { HandOverToComplete } from '@/api/shapes';
import { day } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { completeHandOver, handOverQueries, takeBackHandOver } from './hand-over-api';
import { Readiness } from './readiness';

/** The seats that change hands where I organise: who comes next is chosen here, by the day that the holder chose. */
export function HandOversDesk() {
  const { t } = useTranslation('organiser');
  const waiting = useQuery(handOverQueries.waiting);
  const count = waiting.data?.items.length ?? 0;
  return (
    <>
      <DeskHead
        title={waiting.data ? t('hand_overs.title', { count }) : t('room.hand_overs')}
        lead={t('hand_overs.lead')}
      />
      <>
        {waiting.isPending && <Skeleton lines={4} />}
        {waiting.isError && <Trouble error={waiting.error} retry={() => void waiting.refetch()} />}
        {waiting.data && count === 0 && (
          <Blank title={t('hand_overs.none')}>
            <p>{t('hand_overs.none_why')}</p>
            <Link className="button line" to="/desk/seats">
              {t('hand_overs.seats')}
            </Link>
          </Blank>
        )}
        {waiting.data?.items.map((one) => (
          <ToComplete key={one.id} one={one} />
        ))}
      </>
    </>
  );
}

function ToComplete({ one }: { one: HandOverToComplete }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const [successor, setSuccessor] = useState(one.successor?.person ?? '');
  const settled = { onSettled: () => queries.invalidateQueries({ queryKey: ['relays'] }) };
  const complete = useMutation({ mutationFn: completeHandOver, ...settled });
  const back = useMutation({ mutationFn: takeBackHandOver, ...settled });
  const chosen = one.successors.find((each) => each.person === successor);
  return (
    <Pane title={<Raised text={one.seat.name} />}>
      <div className="pane-body">
        <p>
          <Raised text={t('hand_overs.who', { name: one.holder, day: day(one.ends_on) })} />{' '}
          {t(one.gives_notes ? 'common:hand_over.notes_go' : 'common:hand_over.notes_stay', { count: one.notes })}
        </p>
        {one.words && <blockquote className="quote">{one.words}</blockquote>}
        <form
          className="fields"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            complete.mutate({ id: one.id, successor: successor || null });
          }}
        >
          <Select
            label={t('hand_overs.next')}
            value={successor}
            options={[
              { value: '', label: t('hand_overs.nobody') },
              ...one.successors.map((each) => ({
                value: each.person,
                label: t(each.stands_in ? 'common:hand_over.stand_in' : 'common:hand_over.applicant', {
                  name: each.name,
                }),
              })),
            ]}
            hint={
              one.successor ? t('hand_overs.proposed', { name: one.successor.name }) : t('hand_overs.proposed_none')
            }
            onChange={(event) => {
              setSuccessor(event.target.value);
            }}
          />
          <p className="note">
            {chosen
              ? t('hand_overs.will', { holder: one.holder, name: chosen.name })
              : t('hand_overs.will_open', { holder: one.holder })}
          </p>
          {(complete.isError || back.isError) && <Trouble error={complete.error ?? back.error} />}
          <div className="buttons">
            <button type="submit" className="button" disabled={complete.isPending}>
              {t('hand_overs.complete')}
            </button>
            <button
              type="button"
              className="button line"
              disabled={back.isPending}
              onClick={() => {
                back.mutate(one.id);
              }}
            >
              {t('common:hand_over.take_back')}
            </button>
            <Link className="button bare" to={`/seat/dossier?seat=${one.seat.id}`}>
              {t('seat.dossier')}
            </Link>
          </div>
        </form>
        {chosen?.term && <Readiness key={chosen.term} who={{ kind: 'term', id: chosen.term }} />}
        {chosen?.application && (
          <Readiness key={chosen.application} who={{ kind: 'application', id: chosen.application }} />
        )}
      </div>
    </Pane>
  );
}
