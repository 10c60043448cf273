import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Country, Network } from '@/api/shapes';
import type { Language } from '@/i18n/i18n';
import { fold } from '@/lib/fold';
import { number } from '@/lib/format';
import { useDraft } from '@/lib/use-draft';
import { useNow } from '@/lib/use-now';
import { Field } from '@/ui/field';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { networkQueries, openNetwork } from './api';

interface Props {
  /** In which the organisation speaks, the usual one first; none before it has said so. */
  languages: readonly string[];
  /** Where the net would be laid, and the kinds of places that could have a seat; the last bears one by law. */
  country: Pick<Country, 'name' | 'seats' | 'kinds'> | undefined;
}

/** The nets of relays: each laid once over the country, a seat for each place of one kind. */
export function NetworkOpening({ languages, country }: Props) {
  const { t } = useTranslation('organiser');
  const networks = useQuery(networkQueries.list);
  const [isOpening, setOpening] = useState(false);
  const items = networks.data?.items ?? [];
  const now = useNow();
  return (
    <Pane title={t(items.length > 1 ? 'network.titles' : 'network.title')}>
      <ListBody list={networks} blank={null}>
        {items.length > 0 && (
          <ul className="pane-body">
            {items.map((network) => (
              <li key={network.id}>
                <b>{network.name}</b>
                <p className="muted">{network.purpose}</p>
                {network.kind_name && (
                  <p className="muted">{t('network.each', { kind: network.kind_name, office: network.office })}</p>
                )}
              </li>
            ))}
            {country && !isOpening && (
              <li>
                <button
                  type="button"
                  className="button line"
                  onClick={() => {
                    setOpening(true);
                  }}
                >
                  {t('network.another')}
                </button>
              </li>
            )}
          </ul>
        )}
        {networks.data && (items.length === 0 || isOpening) && (
          <Opening
            languages={languages}
            country={country}
            networks={items.filter(({ closes_at }) => !closes_at || Date.parse(closes_at) > now)}
            onDone={() => {
              setOpening(false);
            }}
          />
        )}
      </ListBody>
    </Pane>
  );
}

type Draft = Record<string, { name: string; purpose: string; office?: string }>;
const SLUG_LENGTH = 64;
const BLANK = { name: '', purpose: '', office: '' };

interface OpeningProps extends Props {
  /** Those that are open. */
  networks: readonly Pick<Network, 'name' | 'kind'>[];
  onDone: () => void;
}

function Opening({ languages, country, networks, onDone }: OpeningProps) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { draft, change, forget } = useDraft<Draft>('network', {});
  const [isMissing, setMissing] = useState(false);
  // A country itself has one seat: below it, from the widest kind to the one that bears seats by law.
  const kinds = (country?.kinds ?? []).slice(1);
  const usualKind = kinds.at(-1)?.code ?? '';
  const [kind, setKind] = useState('');
  const chosen = kinds.find(({ code }) => code === (kind || usualKind));
  const isUsual = !chosen || chosen.code === usualKind;
  // Public pages and forms are those of places: of two nets over the same ones, they lead to the younger.
  const before = networks.find(({ kind }) => kind === (isUsual ? '' : chosen.code));
  const open = useMutation({
    mutationFn: openNetwork,
    onSuccess: async () => {
      await forget();
      await queries.invalidateQueries({ queryKey: networkQueries.list.queryKey });
      onDone();
    },
  });
  const usual = languages[0] ?? '';

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = draft[usual]?.name.trim() ?? '';
    setMissing(!name);
    if (!name) return;
    open.mutate({
      slug:
        fold(name)
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-+|-+$/g, '')
          .slice(0, SLUG_LENGTH) || 'network',
      ...(isUsual ? {} : { kind: chosen.code }),
      texts: languages
        .map((language) => ({ language: language as Language, ...BLANK, ...draft[language] }))
        .filter((text) => text.name.trim()),
    });
  }
  const mistake = open.isError ? Object.values(asProblem(open.error).fields)[0]?.[0] : undefined;
  return (
    <form onSubmit={onSubmit} noValidate className="pane-body fields">
      {kinds.length > 1 && (
        <Select
          label={t('network.kind')}
          value={chosen?.code ?? ''}
          options={kinds.map(({ code, name, places }) => ({
            value: code,
            label: t('network.kind_option', { name, places: number(places) }),
          }))}
          onChange={(event) => {
            setKind(event.target.value);
          }}
        />
      )}
      <p className="muted">
        {country
          ? t('network.lays', { count: isUsual ? country.seats : chosen.places, place: country.name })
          : t('network.first_who')}
      </p>
      {before && <p className="note">{t('network.instead', { name: before.name })}</p>}
      {languages.map((language) => (
        <div key={language} className="fields">
          <Field
            label={`${t('network.name')} · ${t(`editor.language_${language}`)}`}
            lang={language}
            maxLength={120}
            value={draft[language]?.name ?? ''}
            error={language === usual ? (isMissing ? t('network.error_name') : mistake) : undefined}
            onChange={(event) => {
              change({ [language]: { ...BLANK, ...draft[language], name: event.target.value } });
            }}
          />
          <Field
            label={`${t('network.purpose')} · ${t(`editor.language_${language}`)}`}
            lang={language}
            rows={2}
            maxLength={400}
            value={draft[language]?.purpose ?? ''}
            onChange={(event) => {
              change({ [language]: { ...BLANK, ...draft[language], purpose: event.target.value } });
            }}
          />
          <Field
            label={`${t('network.office')} · ${t(`editor.language_${language}`)}`}
            hint={t('network.office_why')}
            lang={language}
            maxLength={80}
            value={draft[language]?.office ?? ''}
            onChange={(event) => {
              change({ [language]: { ...BLANK, ...draft[language], office: event.target.value } });
            }}
          />
        </div>
      ))}
      {open.isError && !mistake && <Trouble error={open.error} kept={t('settings.kept')} />}
      <div className="buttons">
        <button type="submit" className="button" disabled={!country || open.isPending}>
          {t('network.open')}
        </button>
      </div>
    </form>
  );
}
