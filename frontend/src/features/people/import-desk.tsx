import './import.css';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useFilters } from '@/lib/use-filters';
import { DeskHead } from '@/ui/desk-head';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { importQueries } from './import-api';
import { ImportCheck } from './import-check';
import { ImportColumns } from './import-columns';
import { ImportList } from './import-list';
import { ImportResult } from './import-result';
import { ImportRun } from './import-run';
import { ImportSteps, stepOf } from './import-steps';
import { ImportUpload } from './import-upload';

/** People brought in from a file, in five steps; which file and which step stand in the address. */
export function ImportDesk() {
  const { t } = useTranslation('organiser');
  const { get, set } = useFilters();
  const id = get('id');
  const one = useQuery({ ...importQueries.one(id), enabled: Boolean(id) });
  const head = <DeskHead title={t('import.title')} lead={t('import.lead')} />;
  if (!id) {
    return (
      <>
        {head}
        <ImportSteps step="file" />
        <ImportUpload
          onRead={(read) => {
            set({ id: read.id });
          }}
        />
        <ImportList />
      </>
    );
  }
  if (one.isError) return <Trouble error={one.error} retry={() => void one.refetch()} />;
  if (one.isPending) return <Skeleton lines={12} />;
  const step = stepOf(one.data, get('step'));
  return (
    <>
      {head}
      <ImportSteps step={step} />
      {step === 'columns' && (
        <ImportColumns
          key={one.data.id}
          read={one.data}
          onChecking={() => {
            set({ step: null });
          }}
        />
      )}
      {step === 'check' && (
        <ImportCheck
          row={one.data}
          onBack={() => {
            set({ step: 'columns' });
          }}
        />
      )}
      {step === 'run' && <ImportRun row={one.data} />}
      {step === 'result' && <ImportResult row={one.data} />}
    </>
  );
}
