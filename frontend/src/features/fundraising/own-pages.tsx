import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OwnPage } from '@/api/shapes';
import { money, number } from '@/lib/format';
import { ListBody } from '@/ui/list-body';
import { Ticks } from '@/ui/ticks';
import './own-giving.css';
import { ownPagesQuery } from './pages-api';

/** The pages on which I raise money: what each brought, where I look after it, and how it is shared. */
export function OwnPages() {
  const { t, i18n } = useTranslation('giving');
  const pages = useQuery(ownPagesQuery);
  const items = pages.data?.items ?? [];
  return (
    <section className="card giving" aria-labelledby="pages">
      <h2 id="pages">{t('pages.title')}</h2>
      <ListBody list={pages} blank={items.length === 0 && <p className="muted">{t('pages.none')}</p>}>
        <ul className="rows">
          {items.map((page) => (
            <li key={page.slug}>
              <div>
                <Page page={page} />
              </div>
            </li>
          ))}
        </ul>
      </ListBody>
      <p>
        <a href={`/${i18n.language}/give/`}>{t('pages.open')}</a>
      </p>
    </section>
  );
}

function Page({ page }: { page: OwnPage }) {
  const { t } = useTranslation('giving');
  const { cents, currency, goal, people, title, state } = page;
  const [copied, setCopied] = useState<boolean>();
  const url = new URL(page.address, location.origin).href;
  const raised = cents === null ? t('pages.few') : money(cents, currency);
  const ofGoal = goal ? ` ${t('pages.of_goal', { goal: money(goal, currency) })}` : '';
  return (
    <>
      <h3>
        <a href={page.address}>{title}</a>
      </h3>
      <p>
        <b>{raised}</b>
        {ofGoal}, {t('pages.people', { count: people, number: number(people) })}
        {state !== 'open' && `, ${t(`pages.state_${state}`)}`}
      </p>
      {goal !== null && cents !== null && <Ticks done={Math.min(1, cents / goal)} label={`${raised}${ofGoal}`} />}
      <div className="buttons">
        <a className="button line" href={page.manage} aria-label={t('pages.edit_of', { title })}>
          {t('pages.edit')}
        </a>
        {'share' in navigator && (
          <button
            type="button"
            className="button line"
            aria-label={t('pages.share_of', { title })}
            onClick={() => {
              void navigator.share({ title, url }).catch(() => undefined);
            }}
          >
            {t('pages.share')}
          </button>
        )}
        <button
          type="button"
          className="button bare"
          aria-label={t('pages.copy_of', { title })}
          onClick={() => {
            navigator.clipboard.writeText(url).then(
              () => {
                setCopied(true);
              },
              () => {
                setCopied(false);
              },
            );
          }}
        >
          {t('pages.copy')}
        </button>
      </div>
      <p role="status" className={copied === false ? 'note' : 'sr-only'}>
        {copied === true && t('pages.copied')}
        {copied === false && t('pages.copy_refused', { url })}
      </p>
    </>
  );
}
