import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { Language } from '@/i18n/i18n';
import { fold } from '@/lib/fold';
import { useDraft } from '@/lib/use-draft';
import { Field } from '@/ui/field';
import { ListBody } from '@/ui/list-body';
import { Pane } from '@/ui/pane';
import { Trouble } from '@/ui/trouble';
import { networkQueries, openNetwork } from './api';

interface Props {
  /** In which the organisation speaks, the usual one first; none before it has said so. */
  languages: readonly string[];
  /** Where the net would be laid. */
  country: { name: string; seats: number } | undefined;
}

type Draft = Record<string, { name: string; purpose: string }>;
const SLUG_LENGTH = 64;

/** The net of relays: laid once over the country, a seat for each place. */
export function NetworkOpening({ languages, country }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const networks = useQuery(networkQueries.list);
  const { draft, change, forget } = useDraft<Draft>('network', {});
  const [isMissing, setMissing] = useState(false);
  const open = useMutation({
    mutationFn: openNetwork,
    onSuccess: async () => {
      await forget();
      await queries.invalidateQueries({ queryKey: networkQueries.list.queryKey });
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
      texts: languages
        .map((language) => ({ language: language as Language, name: '', purpose: '', ...draft[language] }))
        .filter((text) => text.name.trim()),
    });
  }
  const mistake = open.isError ? Object.values(asProblem(open.error).fields)[0]?.[0] : undefined;
  const items = networks.data?.items ?? [];
  return (
    <Pane title={t('network.title')}>
      <ListBody list={networks} blank={null}>
        {items.length > 0 ? (
          <ul className="pane-body">
            {items.map((network) => (
              <li key={network.id}>
                <b>{network.name}</b>
                <p className="muted">{network.purpose}</p>
              </li>
            ))}
          </ul>
        ) : (
          <form onSubmit={onSubmit} noValidate className="pane-body fields">
            <p className="muted">
              {country ? t('network.lays', { count: country.seats, place: country.name }) : t('network.first_who')}
            </p>
            {languages.map((language) => (
              <div key={language} className="fields">
                <Field
                  label={`${t('network.name')} · ${t(`editor.language_${language}`)}`}
                  lang={language}
                  maxLength={120}
                  value={draft[language]?.name ?? ''}
                  error={language === usual ? (isMissing ? t('network.error_name') : mistake) : undefined}
                  onChange={(event) => {
                    change({ [language]: { purpose: '', ...draft[language], name: event.target.value } });
                  }}
                />
                <Field
                  label={`${t('network.purpose')} · ${t(`editor.language_${language}`)}`}
                  lang={language}
                  rows={2}
                  maxLength={400}
                  value={draft[language]?.purpose ?? ''}
                  onChange={(event) => {
                    change({ [language]: { name: '', ...draft[language], purpose: event.target.value } });
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
        )}
      </ListBody>
    </Pane>
  );
}
