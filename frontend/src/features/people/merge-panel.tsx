import { useQuery } from '@tanstack/react-query';
import { Fragment, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Duplicate, MergePreview, PersonRow } from '@/api/shapes';
import { day } from '@/lib/format';
import { Choices } from '@/ui/choices';
import { Raised } from '@/ui/raised';
import { Skeleton } from '@/ui/skeleton';
import { Trouble } from '@/ui/trouble';
import { type Pair, previewQuery, type Values } from './duplicates-api';
import { nameOf } from './name-of';

interface Props {
  pair: Duplicate;
  isBusy: boolean;
  onMerge: (pair: Pair, values: Values) => void;
  onTellApart: () => void;
}

/** How one record is told from the other: its name, how it is reached, since when it is here. */
function Told({ person }: { person: PersonRow }) {
  const { t } = useTranslation('organiser');
  return (
    <span>
      <b>{nameOf(person)}</b>
      {person.contacts.map(({ value }) => (
        <Fragment key={value}>
          <br />
          <span className="muted">{value}</span>
        </Fragment>
      ))}
      {person.joined_on && (
        <>
          <br />
          <span className="muted">
            <Raised text={t('duplicates.since', { day: day(person.joined_on) })} />
          </span>
        </>
      )}
    </span>
  );
}

/** Two records side by side: which stays, whose values are kept, what goes with it, and what stands in the way. */
export function MergePanel({ pair, isBusy, onMerge, onTellApart }: Props) {
  const { t } = useTranslation('organiser');
  const [kept, setKept] = useState(pair.people[0]?.id ?? '');
  const other = pair.people.find((person) => person.id !== kept)?.id ?? '';
  const preview = useQuery(previewQuery({ kept, absorbed: other }));
  return (
    <div className="pane-body">
      <h2>{pair.people.map(nameOf).join(' · ')}</h2>
      <p className="muted">{pair.reasons.map((reason) => reason.told).join(' · ')}</p>
      <fieldset className="group">
        <legend>{t('duplicates.stays')}</legend>
        <div className="choices">
          {pair.people.map((person) => (
            <div key={person.id}>
              <input
                type="radio"
                name="stays"
                id={`stays-${person.id}`}
                checked={person.id === kept}
                onChange={() => {
                  setKept(person.id);
                }}
              />
              <label htmlFor={`stays-${person.id}`}>
                <Told person={person} />
              </label>
            </div>
          ))}
        </div>
      </fieldset>
      {preview.isPending && <Skeleton lines={6} />}
      {preview.isError && <Trouble error={preview.error} retry={() => void preview.refetch()} />}
      {preview.isSuccess && (
        <Preview
          key={kept}
          preview={preview.data}
          isBusy={isBusy}
          onMerge={(values) => {
            onMerge({ kept, absorbed: other }, values);
          }}
          onTellApart={onTellApart}
        />
      )}
    </div>
  );
}

interface PreviewProps {
  preview: MergePreview;
  isBusy: boolean;
  onMerge: (values: Values) => void;
  onTellApart: () => void;
}

function Preview({ preview, isBusy, onMerge, onTellApart }: PreviewProps) {
  const { t } = useTranslation('organiser');
  const [chosen, setChosen] = useState<Values>(() =>
    Object.fromEntries(preview.compared.map((field) => [field.name, field.chosen])),
  );
  const differing = preview.compared.filter((field) => field.differs);
  const moving = preview.moves.filter((line) => line.moves > 0);
  const staying = preview.moves.filter((line) => line.stays > 0);
  return (
    <>
      {differing.map((field) => (
        <Choices
          key={field.name}
          legend={t(`duplicates.field_${field.name}`)}
          options={[
            { value: 'kept', label: field.kept || t('duplicates.empty') },
            { value: 'absorbed', label: field.absorbed || t('duplicates.empty') },
          ]}
          value={chosen[field.name] ?? 'kept'}
          onChange={(value) => {
            setChosen({ ...chosen, [field.name]: value });
          }}
        />
      ))}
      <section className="panel-section">
        <h3>{t('duplicates.moves')}</h3>
        <ul className="plain">
          {moving.map((line) => (
            <li key={line.told}>{t('duplicates.counted', { told: line.told, count: line.moves })}</li>
          ))}
          {moving.length === 0 && <li className="muted">{t('duplicates.moves_nothing')}</li>}
        </ul>
        {staying.length > 0 && (
          <p className="note">
            {t('duplicates.stay', {
              list: staying.map((line) => t('duplicates.counted', { told: line.told, count: line.stays })).join(', '),
            })}
          </p>
        )}
        {preview.withdrawn > 0 && <p className="note">{t('duplicates.withdrawn', { count: preview.withdrawn })}</p>}
        {preview.two_users && <p className="note">{t('duplicates.two_users')}</p>}
      </section>
      {preview.bars.length > 0 && (
        <div className="notice" role="status">
          {preview.bars.map((bar) => (
            <p key={bar}>{bar}</p>
          ))}
        </div>
      )}
      <section className="panel-section">
        <h3>{t('what_to_do')}</h3>
        <div className="buttons">
          <button
            type="button"
            className="button"
            disabled={isBusy || preview.bars.length > 0}
            onClick={() => {
              onMerge(chosen);
            }}
          >
            {t('duplicates.merge')}
          </button>
          <button type="button" className="button line" disabled={isBusy} onClick={onTellApart}>
            {t('duplicates.tell_apart')}
          </button>
        </div>
        <p className="note">{t('duplicates.merge_small')}</p>
        <p className="note">{t('duplicates.tell_apart_small')}</p>
      </section>
    </>
  );
}
