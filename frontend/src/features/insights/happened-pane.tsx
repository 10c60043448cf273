import { useTranslation } from 'react-i18next';
import { useFilters } from '@/lib/use-filters';
import { OrganiserTable } from './organiser-table';
import { RelayTable } from './relay-table';
import { SpanFilter } from './span-filter';
import { TerritoryTable } from './territory-table';
import { useSpan } from './use-span';

const TABLES = ['territories', 'organisers', 'relays'] as const;

/** What happened in a span: by territory, by organiser, by relay. */
export function HappenedPane({ network }: { network: string }) {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const span = useSpan();
  const by = TABLES.find((name) => name === get('by')) ?? 'territories';
  return (
    <>
      <div className="filters">
        <h2>{t('insights.happened')}</h2>
        {TABLES.map((name) => (
          <button
            key={name}
            type="button"
            className="chip"
            aria-pressed={by === name}
            onClick={() => {
              set({ by: name === 'territories' ? null : name });
            }}
          >
            {t(`insights.by_${name}`)}
          </button>
        ))}
      </div>
      <SpanFilter />
      {by === 'territories' && <TerritoryTable network={network} span={span} />}
      {by === 'organisers' && <OrganiserTable network={network} span={span} />}
      {by === 'relays' && <RelayTable network={network} span={span} />}
    </>
  );
}
