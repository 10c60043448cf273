import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { ListFoot } from '@/ui/list-foot';
import type { PeopleFound as Found } from './use-people';

interface Props {
  people: Found;
  label: string;
  /** Whether the label is read above the list, where no heading stands there yet. */
  isTitled?: boolean;
  className: 'pane' | 'card';
  /** Said where nobody is found, and what to do then. */
  none: string;
  none_why: string;
  children: ReactNode;
}

/** Who was found: that these names are only near, the rows, how many there are, and the rest of them. */
export function PeopleFound({ people, label, isTitled, className, none, none_why, children }: Props) {
  const { t } = useTranslation('organiser');
  const { list, rows, total, isNear, settled } = people;
  return (
    <>
      {isNear && rows.length > 0 && (
        <p className="notice" role="status">
          {t('people.near', { query: settled })}
        </p>
      )}
      <section className={className} aria-label={label}>
        {isTitled && <h2>{label}</h2>}
        <ListBody
          list={list}
          blank={
            rows.length === 0 && (
              <Blank title={none}>
                <p>{none_why}</p>
              </Blank>
            )
          }
        >
          {children}
        </ListBody>
        <ListFoot more={list}>
          {isNear
            ? t('people.shown', { count: rows.length })
            : total &&
              (total.is_more
                ? t('people.more_than', { number: number(total.count) })
                : t('people.shown', { count: total.count }))}
        </ListFoot>
      </section>
    </>
  );
}
