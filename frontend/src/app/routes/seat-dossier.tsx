import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { asProblem } from '@/api/problem';
import { dossierQuery, ownTermsQuery } from '@/features/relays/hand-over-api';
import { SeatDossier as Page } from '@/features/relays/seat-dossier';
import { Blank } from '@/ui/blank';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';

/** The one page of a place: of the seat in the address, or of the one that I hold. */
export function SeatDossier() {
  const { t } = useTranslation('member');
  const [asked] = useSearchParams();
  const terms = useQuery(ownTermsQuery);
  const seat = asked.get('seat') ?? terms.data?.items[0]?.seat ?? '';
  const page = useQuery({ ...dossierQuery(seat), enabled: Boolean(seat) });
  const error = page.error ?? terms.error;
  const isNotTheirs = page.isError && asProblem(page.error).status === 404;
  return (
    <div className="whole member-column">
      <p className="dossier-tools buttons">
        <Link className="button bare" to="/seat">
          {t('dossier.back')}
        </Link>
        {page.data && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              print();
            }}
          >
            {t('dossier.print')}
          </button>
        )}
      </p>
      {isNotTheirs && (
        <Blank isPage title={t('dossier.not_yours')}>
          <p>{t('dossier.none_why')}</p>
        </Blank>
      )}
      {error && !isNotTheirs && <Trouble error={error} retry={() => void page.refetch()} />}
      {!seat && terms.data && (
        <Blank isPage title={t('seat.none')}>
          <p>{t('dossier.none_why')}</p>
        </Blank>
      )}
      {((seat && page.isPending) || terms.isPending) && !error && <Skeleton lines={8} />}
      {page.data && <Page page={page.data} />}
    </div>
  );
}
