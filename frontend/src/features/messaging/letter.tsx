import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { day } from '@/lib/format';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { letterQuery, lettersQuery, noteStays, passOn } from './letters-api';

/** One A4 page with an address window, or the words of a call; marked as done once, and undone. */
export function Letter({ id }: { id: string }) {
  const { t } = useTranslation('member');
  const queries = useQueryClient();
  const letter = useQuery(letterQuery(id));
  const pass = useMutation({
    mutationFn: passOn,
    onSettled: () => queries.invalidateQueries({ queryKey: lettersQuery.queryKey }),
  });
  const stay = useMutation({
    mutationFn: noteStays,
    onSettled: () => queries.invalidateQueries({ queryKey: lettersQuery.queryKey }),
  });
  if (letter.isPending) return <Skeleton lines={5} />;
  if (letter.isError) return <Trouble error={letter.error} retry={() => void letter.refetch()} />;
  const found = letter.data;
  const isPost = found.channel === 'post';
  return (
    <>
      <article className="sheet-a4" lang={found.language} aria-label={found.subject}>
        {isPost ? (
          <>
            <p className="letter-sender">
              {found.sender}
              {'\n'}
              {found.sender_address}
            </p>
            <p className="letter-window">
              {found.name}
              {'\n'}
              {found.contact}
            </p>
            <p className="letter-date">
              <Raised text={day(new Date().toISOString())} />
            </p>
          </>
        ) : (
          <p>
            <b>{found.name}</b>{' '}
            <a href={`${found.channel === 'sms' ? 'sms' : 'tel'}:${found.contact}`}>{found.contact}</a>
          </p>
        )}
        <h3>{found.subject}</h3>
        {found.paragraphs.map((paragraph, number) => (
          <p key={number} className="spoken">
            {paragraph}
          </p>
        ))}
        <p className="note">
          {t(isPost ? 'letters.how_post' : 'letters.how_call', {
            sender: found.sender,
            address: found.sender_address.replaceAll('\n', ', '),
            reference: found.reference,
          })}
        </p>
      </article>
      {pass.isError && <Trouble error={pass.error} />}
      {stay.isError && <Trouble error={stay.error} />}
      {found.stays !== null && <p role="status">{t(found.stays ? 'letters.they_stay' : 'letters.stay_asked')}</p>}
      <p className="buttons">
        {isPost && (
          <button
            type="button"
            className="button"
            onClick={() => {
              print();
            }}
          >
            {t('letters.print')}
          </button>
        )}
        {found.stays !== null && (
          <button
            type="button"
            className={found.stays ? 'button line' : 'button'}
            disabled={stay.isPending}
            onClick={() => {
              stay.mutate({ id, stays: !found.stays });
            }}
          >
            {t(found.stays ? 'letters.stays_undo' : 'letters.stays')}
          </button>
        )}
        <button
          type="button"
          className="button line"
          disabled={pass.isPending}
          onClick={() => {
            pass.mutate({ id, isDone: !found.done_at });
          }}
        >
          {t(found.done_at ? 'letters.undo' : `letters.did_${found.channel}`)}
        </button>
      </p>
    </>
  );
}
