import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { PageToLookAt } from './page-to-look-at';
import { moderationQuery } from './pages-api';

/** Supporters' pages as their moderator reads them: what waits for a look, and what is hidden. */
export function PagesDesk() {
  const { t } = useTranslation('money');
  const moderation = useQuery(moderationQuery);
  const { waiting = [], hidden = [] } = moderation.data ?? {};
  const shown = hidden.filter((page) => !waiting.some(({ slug }) => slug === page.slug));
  return (
    <>
      <DeskHead
        title={t('pages.title')}
        lead={moderation.data && t('pages.waiting', { count: waiting.length, number: number(waiting.length) })}
      />
      <ListBody
        list={moderation}
        blank={
          waiting.length + shown.length === 0 && (
            <Blank title={t('pages.none')} isPage>
              <p>{t('pages.none_why')}</p>
            </Blank>
          )
        }
      >
        {waiting.map((page) => (
          <PageToLookAt key={page.slug} page={page} />
        ))}
        {shown.length > 0 && <h2>{t('pages.hidden')}</h2>}
        {shown.map((page) => (
          <PageToLookAt key={page.slug} page={page} />
        ))}
      </ListBody>
    </>
  );
}
