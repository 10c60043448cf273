import { useTranslation } from 'react-i18next';
import { ReasonedFile } from '@/entities/person/reasoned-file';
import { type SpanAsked, takeTable } from './api';

interface Props {
  network: string;
  table: 'organisers' | 'relays';
  span: SpanAsked;
}

/** Take a table that names people away. */
export function TableExport({ network, table, span }: Props) {
  const { t } = useTranslation('organiser');
  return (
    <ReasonedFile
      word={t('insights.file')}
      className="button bare"
      said={t('insights.file_why')}
      take={(reason) => takeTable({ network, table, span, reason })}
      name={`${table}.csv`}
    />
  );
}
