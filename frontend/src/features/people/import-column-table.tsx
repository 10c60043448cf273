import { useTranslation } from 'react-i18next';
import type { ImportRead } from '@/api/shapes';
import { FIELDS } from './import-draft';
import { ImportSelect } from './import-select';

interface Props {
  read: ImportRead;
  held: readonly string[];
  onHold: (column: number, field: string) => void;
}

/** Each column of a file: its heading, what stands in it, and what it holds. */
export function ImportColumnTable({ read, held, onHold }: Props) {
  const { t } = useTranslation('organiser');
  return (
    <div className="table-scroll" tabIndex={0} role="group" aria-label={t('import.columns')}>
      <table className="table import-columns">
        <thead>
          <tr>
            <th scope="col">{t('import.heading')}</th>
            <th scope="col">{t('import.examples')}</th>
            <th scope="col">{t('import.holds')}</th>
          </tr>
        </thead>
        <tbody>
          {read.headings.map((heading, column) => {
            const name = heading || t('import.column_number', { number: column + 1 });
            const examples = [...new Set(read.sample.map((cells) => cells[column] ?? '').filter(Boolean))];
            return (
              <tr key={column}>
                <th scope="row">{name}</th>
                <td className="examples">{examples.slice(0, 3).join(' · ')}</td>
                <td>
                  <ImportSelect
                    label={t('import.holds_of', { name })}
                    isLabelHidden
                    value={held[column] ?? ''}
                    blank={t('import.left_out')}
                    options={FIELDS.map((value) => ({ value, label: t(`import.field_${value}`) }))}
                    onChange={(field) => {
                      onHold(column, field);
                    }}
                  />
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
