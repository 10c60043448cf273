import { useTranslation } from 'react-i18next';
import type { ImportConsent, ImportRead } from '@/api/shapes';
import { Field } from '@/ui/field';
import { ImportSelect } from './import-select';

const CHANNELS = ['email', 'phone', 'sms', 'post'] as const;

interface Props {
  read: ImportRead;
  consent: ImportConsent;
  number: number;
  onChange: (part: Partial<ImportConsent>) => void;
  onRemove: () => void;
}

/** A column of agreements with its proof: which wording, on which channel, which day, which paper. */
export function ImportConsentFields({ read, consent, number, onChange, onRemove }: Props) {
  const { t } = useTranslation('organiser');
  const columns = read.headings.map((heading, column) => ({
    value: String(column),
    label: heading || t('import.column_number', { number: column + 1 }),
  }));
  const column = (value: string) => (value === '' ? null : Number(value));
  return (
    <fieldset className="group import-consent">
      <legend>{t('import.agreement', { number })}</legend>
      <div className="fields two">
        <ImportSelect
          label={t('import.wording')}
          value={consent.wording}
          options={[
            ...read.wordings.map(({ version, text }) => ({ value: version, label: text })),
            { value: '', label: t('import.wording_other') },
          ]}
          onChange={(version) => {
            const chosen = read.wordings.find((wording) => wording.version === version);
            onChange({ wording: version, ...(chosen ? { purpose: chosen.purpose } : {}) });
          }}
        />
        <ImportSelect
          label={t('import.channel')}
          value={consent.channel}
          options={CHANNELS.map((value) => ({ value, label: t(`import.channel_${value}`) }))}
          onChange={(value) => {
            onChange({ channel: value as ImportConsent['channel'] });
          }}
        />
      </div>
      {consent.wording === '' && (
        <Field
          label={t('import.quote')}
          hint={t('import.quote_why')}
          rows={3}
          maxLength={2000}
          value={consent.text}
          onChange={(event) => {
            onChange({ text: event.target.value });
          }}
        />
      )}
      <div className="fields three">
        <ImportSelect
          label={t('import.agreed_column')}
          hint={t('import.agreed_hint')}
          value={String(consent.column)}
          options={columns}
          onChange={(value) => {
            onChange({ column: Number(value) });
          }}
        />
        <div className="fields">
          <ImportSelect
            label={t('import.date_column')}
            value={consent.date_column === null ? '' : String(consent.date_column)}
            blank={t('import.same_day')}
            options={columns}
            onChange={(value) => {
              onChange({ date_column: column(value) });
            }}
          />
          {consent.date_column === null && (
            <Field
              label={t('import.that_day')}
              type="date"
              value={consent.date}
              onChange={(event) => {
                onChange({ date: event.target.value });
              }}
            />
          )}
        </div>
        <div className="fields">
          <ImportSelect
            label={t('import.paper_column')}
            value={consent.paper_column === null ? '' : String(consent.paper_column)}
            blank={t('import.same_paper')}
            options={columns}
            onChange={(value) => {
              onChange({ paper_column: column(value) });
            }}
          />
          {consent.paper_column === null && (
            <Field
              label={t('import.that_paper')}
              maxLength={100}
              value={consent.paper}
              onChange={(event) => {
                onChange({ paper: event.target.value });
              }}
            />
          )}
        </div>
      </div>
      <button type="button" className="button bare" onClick={onRemove}>
        {t('import.agreement_remove')}
      </button>
    </fieldset>
  );
}
