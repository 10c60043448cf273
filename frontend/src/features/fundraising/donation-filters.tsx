import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DONATION_METHODS, DONATION_STATES, type RecipientKept } from '@/api/shapes';
import { placesOfRoleQuery } from '@/entities/area/organised-places';
import { NarrowBy } from '@/ui/narrow-by';

const RHYTHMS = ['once', 'monthly'] as const;
const BEFORE = ['new', 'returning'] as const;
const SPANS = ['since', 'until'] as const;
const AMOUNTS = ['least', 'most'] as const;
const MORE = ['rhythm', 'before', 'area', 'least', 'most', 'ref'] as const;
export const DONATION_FILTERS = ['state', 'method', 'envelope', ...SPANS, ...MORE, 'sort'] as const;

interface Props {
  recipient: RecipientKept;
  get: (name: string) => string;
  set: (changes: Record<string, string>) => void;
}

/** Narrow the list of donations; what is chosen stands in the address. */
export function DonationNarrow({ recipient, get, set }: Props) {
  const { t } = useTranslation('money');
  const places = useQuery(placesOfRoleQuery('treasurer')).data ?? [];
  const choices = {
    state: DONATION_STATES.map((value) => [value, t(`state.${value}`)] as const),
    method: DONATION_METHODS.map((value) => [value, t(`method.${value}`)] as const),
    envelope: recipient.envelopes.map(({ code, name }) => [code, name] as const),
    rhythm: RHYTHMS.map((value) => [value, t(`rhythm.${value}`)] as const),
    before: BEFORE.map((value) => [value, t(`before.${value}`)] as const),
    area: places.map(({ id, name }) => [id, name] as const),
  };
  const select = (name: keyof typeof choices) =>
    choices[name].length > 0 && (
      <NarrowBy
        key={name}
        label={t(`by.${name}`)}
        any={t('by.any')}
        value={get(name)}
        options={choices[name]}
        onChange={(value) => {
          set({ [name]: value });
        }}
      />
    );
  return (
    <>
      <div className="filters people-narrow">
        {(['state', 'method', 'envelope'] as const).map(select)}
        {SPANS.map((name) => (
          <label key={name}>
            <span>{t(`by.${name}`)}</span>
            <input
              className="input"
              type="date"
              value={get(name)}
              onChange={(event) => {
                set({ [name]: event.target.value });
              }}
            />
          </label>
        ))}
      </div>
      <details className="more-filters" open={MORE.some((name) => get(name)) || undefined}>
        <summary>{t('by.more')}</summary>
        <div className="filters people-narrow">
          {(['rhythm', 'before', 'area'] as const).map(select)}
          {AMOUNTS.map((name) => (
            <label key={name}>
              <span>{t(`by.${name}`)}</span>
              <input
                className="input short"
                inputMode="numeric"
                value={get(name) && String(Number(get(name)) / 100)}
                onChange={(event) => {
                  const euros = event.target.value.replace(/\D/g, '').slice(0, 8);
                  set({ [name]: euros && `${euros}00` });
                }}
              />
            </label>
          ))}
          <label>
            <span>{t('by.ref')}</span>
            <input
              className="input short"
              value={get('ref')}
              maxLength={64}
              onChange={(event) => {
                set({ ref: event.target.value });
              }}
            />
          </label>
        </div>
      </details>
    </>
  );
}
