import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { number } from '@/lib/format';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { fairnessFile, insightQueries } from './api';
import { CoverageFigure } from './coverage-figure';
import { FairnessFigure } from './fairness-figure';
import { forecastWords } from './forecast-words';
import { HappenedPane } from './happened-pane';
import { TargetForm } from './target-form';

/** How the campaign grows, when its target is met, whether everywhere alike, and what happened where. */
export function ProgressDesk({ network }: { network: string }) {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const area = get('area');
  const progress = useQuery({ ...insightQueries.progress(network, area), placeholderData: keepPreviousData });
  const fairness = useQuery(insightQueries.fairness(network));
  const [isAiming, setAiming] = useState(false);
  if (progress.isLoadingError) return <Trouble error={progress.error} retry={() => void progress.refetch()} />;
  const found = progress.data;
  const now = found?.points.at(-1);
  return (
    <>
      <DeskHead
        title={now ? t('seats.title', { covered: number(now.covered), total: number(now.total) }) : t('room.insights')}
        lead={found && <Raised text={forecastWords(t, found)} />}
      >
        {found?.abilities.set_target && (
          <button
            type="button"
            className="button line"
            onClick={() => {
              setAiming(true);
            }}
          >
            {t('insights.aim')}
          </button>
        )}
      </DeskHead>
      {found && (
        <div className="filters people-narrow">
          <label>
            <span>{t('insights.where')}</span>
            <select
              className="input"
              value={area || found.areas[0]?.id}
              onChange={(event) => {
                set({ area: event.target.value === found.areas[0]?.id ? null : event.target.value });
              }}
            >
              {found.areas.map(({ id, name, seats }) => (
                <option key={id} value={id}>
                  {t('insights.place_seats', { name, count: seats })}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
      <ListBody list={progress} blank={null}>
        {found && <CoverageFigure network={network} area={area} progress={found} />}
      </ListBody>
      <Pane title={t('insights.alike')} note={t('insights.alike_note')}>
        <ListBody list={fairness} blank={null}>
          <div className="pane-body side-by-side">
            {fairness.data?.items.map((split) => (
              <FairnessFigure key={split.name} split={split} />
            ))}
          </div>
        </ListBody>
        <footer>
          <a className="button bare" href={fairnessFile(network)} download>
            {t('insights.file')}
          </a>
        </footer>
      </Pane>
      {found?.abilities.read_tables && <HappenedPane network={network} />}
      {isAiming && found && (
        <TargetForm
          network={network}
          target={found.target}
          onClose={() => {
            setAiming(false);
          }}
        />
      )}
    </>
  );
}
