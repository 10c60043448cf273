import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Companion, Companions } from '@/api/shapes';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { type Turn, WaitingCard } from '@/ui/waiting-card';
import { answerCompanion, type CompanionAnswer, endCompanion } from './care-api';
import { ContactLink } from './contact-link';

interface Props {
  companion: Companion;
  /** My confirmed contacts, among which a newcomer chooses what the companion sees. */
  contacts: Companions['contacts'];
  turn?: Turn;
}

/** A facilitator or a buddy as one of the two sees it: offered, asked, or in touch. No is as easy as yes. */
export function CompanionCard({ companion, contacts, turn = 'also' }: Props) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const [contact, setContact] = useState(contacts[0]?.id ?? '');
  const done = { onSettled: () => queries.invalidateQueries({ queryKey: ['relays'] }) };
  const answer = useMutation({ mutationFn: answerCompanion, ...done });
  const end = useMutation({ mutationFn: endCompanion, ...done });
  const { id, kind, status, is_newcomer, place, abilities } = companion;
  const side = is_newcomer ? 'mine' : 'theirs';
  const stage = status === 'asked' ? 'asked' : 'offered';
  const isChoosing = abilities.say_yes && is_newcomer;
  const say = (words: CompanionAnswer['answer']) => {
    answer.mutate({ id, answer: words, ...(isChoosing && words === 'yes' ? { contact } : {}) });
  };
  const error = answer.error ?? end.error;
  return (
    <WaitingCard
      id={`companion-${id}`}
      turn={turn}
      note={t(`companion.${kind}`)}
      title={status === 'running' ? t('companion.in_touch', { name: companion.name }) : t(`companion.${stage}_${side}`)}
    >
      <p>
        <Raised
          text={
            status === 'running'
              ? t('companion.since', { place, day: day(companion.since) })
              : t(`companion.${kind}_${side}`, { place })
          }
        />
      </p>
      {companion.contact && (
        <p>
          <ContactLink {...companion.contact} />
        </p>
      )}
      {isChoosing && (
        <Select
          label={t('companion.contact')}
          hint={t('companion.contact_why')}
          options={contacts.map(({ id: value, value: label }) => ({ value, label }))}
          value={contact}
          onChange={(event) => {
            setContact(event.target.value);
          }}
        />
      )}
      {error && <Trouble error={error} />}
      <div className="buttons">
        {abilities.say_yes && (
          <button
            type="button"
            className="button"
            disabled={answer.isPending || (isChoosing && !contact)}
            onClick={() => {
              say('yes');
            }}
          >
            {t('companion.yes')}
          </button>
        )}
        {abilities.ask_another && (
          <button
            type="button"
            className="button line"
            disabled={answer.isPending}
            onClick={() => {
              say('another');
            }}
          >
            {t('companion.another')}
          </button>
        )}
        {abilities.say_no && (
          <button
            type="button"
            className="button line"
            disabled={answer.isPending}
            onClick={() => {
              say('no');
            }}
          >
            {t(status === 'asked' && is_newcomer ? 'companion.take_back' : 'companion.no')}
          </button>
        )}
        {abilities.end && (
          <button
            type="button"
            className="button bare"
            disabled={end.isPending}
            onClick={() => {
              end.mutate(id);
            }}
          >
            {t('companion.end')}
          </button>
        )}
      </div>
      <p className="note">{t(abilities.end ? 'companion.end_free' : 'companion.free')}</p>
    </WaitingCard>
  );
}
