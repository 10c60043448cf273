import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action, LaunchRequest } from '@/api/shapes';
import { instant, number } from '@/lib/format';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { actionQueries, askLaunch, settleLaunch } from './api';
import { clock } from './launch-hour';

interface Props {
  action: Action;
  isDirty: boolean;
  seats: number;
  /** Messages and letters by hand, as the dry run shows them now. */
  messages: number;
  reached: number;
  /** The hour that is wished for, by the clock of the network's country; empty: with the yes. */
  launchAt: string;
  onAgree: (request: LaunchRequest) => void;
}

/** Above a thousand people a launch is asked for by one organiser and agreed to by another one. */
export function SecondPerson({ action, isDirty, seats, messages, reached, launchAt, onAgree }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const query = actionQueries.launchRequests(action.id);
  const found = useQuery(query);
  const options = {
    onSuccess: async (requests: { items: LaunchRequest[] }) => {
      queries.setQueryData(query.queryKey, requests);
      await queries.invalidateQueries({ queryKey: ['actions'] });
    },
  };
  const ask = useMutation({ mutationFn: askLaunch, ...options });
  const settle = useMutation({ mutationFn: settleLaunch, ...options });
  const [isRefusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  if (found.isPending) return <Skeleton lines={2} />;
  if (found.isError) return <Trouble error={found.error} retry={() => void found.refetch()} />;
  const last = found.data.items[0];
  const open = last?.status === 'asked' ? last : undefined;
  const isAgreed = found.data.items.some(
    ({ status, version, launch_at }) =>
      status === 'agreed' && version === action.version && launch_at === action.launch_at,
  );
  // A yes stands for this text at this hour: there is nothing to ask.
  if (action.status === 'scheduled' && isAgreed) return <p>{t('second.agreed')}</p>;
  const said = ({ asked_at, by, expected, by_hand }: LaunchRequest) => ({
    at: instant(asked_at),
    name: by || t('second.somebody'),
    number: number(expected + by_hand),
  });
  const hour = ({ launch_at }: LaunchRequest) => (
    <p>
      <Raised text={launch_at ? t('second.at', clock(launch_at, action.time_zone)) : t('second.at_once')} />
    </p>
  );
  return (
    <>
      {!open && <p>{t('second.why', { number: number(reached) })}</p>}
      {action.status === 'scheduled' && <p className="warm">{t('second.anew')}</p>}
      {last?.status === 'refused' && (
        <div className="notice">
          <p>{t('second.refused', { name: last.settled_by || t('second.somebody') })}</p>
          <p>{last.reason}</p>
        </div>
      )}
      {last?.status === 'overtaken' && <p className="warm">{t('second.overtaken')}</p>}
      {!open && (
        <button
          type="button"
          className="button accent"
          aria-disabled={isDirty || ask.isPending}
          onClick={() => {
            if (!isDirty && !ask.isPending)
              ask.mutate({
                id: action.id,
                version: action.version,
                expected: messages,
                launch_at: launchAt || null,
              });
          }}
        >
          {isDirty ? t('launch.save_before') : t('second.ask')}
        </button>
      )}
      {open?.is_own && (
        <>
          <p className="notice" role="status">
            <Raised text={t('second.waiting', said(open))} />
          </p>
          {hour(open)}
          <button
            type="button"
            className="button line"
            disabled={settle.isPending}
            onClick={() => {
              settle.mutate({ id: action.id, request: open.id });
            }}
          >
            {t('second.withdraw')}
          </button>
        </>
      )}
      {open && !open.is_own && (
        <>
          <p className="notice">
            <Raised text={t('second.asked', said(open))} />
          </p>
          {hour(open)}
          <p>{t('second.read')}</p>
          {isRefusing ? (
            <div className="fields">
              <Field
                label={t('second.reason')}
                hint={t('second.reason_why')}
                maxLength={280}
                rows={2}
                value={reason}
                onChange={(event) => {
                  setReason(event.target.value);
                }}
              />
              <div className="buttons">
                <button
                  type="button"
                  className="button"
                  disabled={!reason.trim() || settle.isPending}
                  onClick={() => {
                    settle.mutate({ id: action.id, request: open.id, reason });
                  }}
                >
                  {t('second.send_no')}
                </button>
                <button
                  type="button"
                  className="button line"
                  onClick={() => {
                    setRefusing(false);
                  }}
                >
                  {t('common:cancel')}
                </button>
              </div>
            </div>
          ) : (
            <div className="buttons">
              <button
                type="button"
                className="button accent"
                aria-disabled={isDirty}
                onClick={() => {
                  if (!isDirty) onAgree(open);
                }}
              >
                {isDirty
                  ? t('launch.save_before')
                  : open.launch_at
                    ? t('second.yes_later')
                    : t('second.yes', { count: seats })}
              </button>
              <button
                type="button"
                className="button line"
                onClick={() => {
                  setRefusing(true);
                }}
              >
                {t('second.no')}
              </button>
            </div>
          )}
        </>
      )}
      {ask.isError && <Trouble error={ask.error} kept={t('launch.nothing_sent')} />}
      {settle.isError && <Trouble error={settle.error} kept={t('launch.nothing_sent')} />}
    </>
  );
}
