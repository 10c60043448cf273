import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import { ConversationCard } from './conversation-card';
import { conversationsQuery } from './conversations-api';

/** What people wrote to my places; those that wait for me first. */
export function Conversations() {
  const { t } = useTranslation('member');
  const list = useInfiniteQuery(conversationsQuery);
  const found = list.data?.pages.flatMap((page) => page.items) ?? [];
  const waiting = found.filter((one) => one.abilities.answer);
  const others = found.filter((one) => !one.abilities.answer);
  return (
    <ListBody
      list={list}
      blank={
        found.length === 0 && (
          <Blank title={t('messages.none')}>
            <p>{t('messages.none_why')}</p>
          </Blank>
        )
      }
    >
      {[...waiting, ...others].map((one) => (
        <ConversationCard key={one.id} conversation={one} />
      ))}
      <ListFoot more={list}>{t('messages.count', { count: found.length })}</ListFoot>
    </ListBody>
  );
}
