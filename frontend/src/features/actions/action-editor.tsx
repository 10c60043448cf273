import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { asProblem } from '@/api/problem';
import {
  type Action,
  type ActionSeat,
  type ActionText,
  type Network,
  VACANT_RULES,
  type VacantRule,
} from '@/api/shapes';
import { type Language, LANGUAGES } from '@/i18n/i18n';
import { fromLocalInput, toLocalInput } from '@/lib/local-time';
import { useDraft } from '@/lib/use-draft';
import { DeskHead } from '@/ui/desk-head';
import { Field } from '@/ui/field';
import { Raised } from '@/ui/raised';
import { Select } from '@/ui/select';
import { Trouble } from '@/ui/trouble';
import { changeAction, createAction } from './api';
import { CorrectionPane } from './correction-pane';
import { editorErrors } from './editor-schema';
import { LanguagePane } from './language-pane';
import { clock } from './launch-hour';
import { LaunchPane } from './launch-pane';
import { ParagraphsPane } from './paragraphs-pane';
import { RehearsalPane } from './rehearsal-pane';

interface Props {
  networks: readonly Network[];
  /** Absent for a new one. */
  action?: Action | undefined;
  /** Those that the reader organises, by code: any of them can be previewed. */
  seats?: readonly ActionSeat[] | undefined;
  /** The open ones, on which its reports may say where everybody stands. */
  subjects?: readonly { id: string; title: string }[] | undefined;
}

interface Draft {
  network: string;
  /** Empty for none. */
  subject: string;
  vacant: VacantRule;
  starts: string;
  ends: string;
  texts: Record<string, ActionText>;
}

const noText: ActionText = { title: '', summary: '', brief: '' };

/** The whole action on one page: two languages side by side, the window, the network, then the numbers and the launch. */
export function ActionEditor({ networks, action, seats = [], subjects = [] }: Props) {
  const { t, i18n } = useTranslation('organiser');
  const queries = useQueryClient();
  const navigate = useNavigate();
  const isEditable = action?.abilities.edit ?? true;
  const corrects = action?.abilities.correct ?? false;
  const blank: Draft = {
    network: action?.network ?? networks[0]?.id ?? '',
    subject: action?.subject?.id ?? '',
    vacant: action?.vacant_rule ?? 'worklist',
    starts: toLocalInput(action?.starts_at ?? ''),
    ends: toLocalInput(action?.ends_at ?? ''),
    texts: Object.fromEntries(LANGUAGES.map((language) => [language, { ...noText, ...action?.texts[language] }])),
  };
  // A new version on the server starts a new draft: what was typed over the old one is not mixed into it.
  const { draft, change, forget, isRestored } = useDraft<Draft>(
    action ? `action:${action.id}:${action.version}` : 'action:new',
    blank,
  );
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isDirty, setDirty] = useState(false);
  const [seat, setSeat] = useState('');
  const main: Language = action?.default_language === 'en' ? 'en' : 'fr';

  const save = useMutation({
    mutationFn: () => {
      const body = {
        network: draft.network,
        subject: draft.subject || null,
        vacant_rule: draft.vacant,
        default_language: main,
        texts: Object.fromEntries(
          Object.entries(draft.texts).filter(([, text]) => text.title.trim() || text.brief.trim()),
        ),
        starts_at: fromLocalInput(draft.starts),
        ends_at: fromLocalInput(draft.ends),
      };
      return action ? changeAction({ ...body, id: action.id, version: action.version }) : createAction(body);
    },
    onSuccess: async (saved) => {
      await forget();
      setDirty(false);
      queries.setQueryData(['actions', 'one', saved.id], saved);
      await queries.invalidateQueries({ queryKey: ['actions', 'list'] });
      await queries.invalidateQueries({ queryKey: ['actions', 'one', saved.id, 'preview'] });
      await queries.invalidateQueries({ queryKey: ['actions', 'one', saved.id, 'clashes'] });
      if (!action) await navigate(`/desk/actions/${saved.id}`, { replace: true });
    },
  });

  function edit(part: Partial<Draft>) {
    setDirty(true);
    change(part);
  }
  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isEditable) return;
    const form = event.currentTarget;
    const text = draft.texts[main] ?? noText;
    const found = editorErrors({ title: text.title, brief: text.brief, starts_at: draft.starts, ends_at: draft.ends });
    setErrors(found);
    if (Object.keys(found).length === 0) save.mutate();
    // Once the mistakes are drawn, the keyboard stands at the first one.
    else requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  }
  const chosen = action?.subject;
  // An action keeps its subject that was closed since.
  const asked = chosen && !subjects.some(({ id }) => id === chosen.id) ? [chosen, ...subjects] : subjects;
  const server = save.isError ? asProblem(save.error).fields : {};
  const sentence = (field: string, ...names: string[]) => {
    const own = errors[field];
    return own ? t(own) : names.map((name) => server[name]?.[0]).find(Boolean);
  };

  return (
    <form onSubmit={onSubmit} noValidate style={{ display: 'contents' }}>
      <DeskHead
        title={<Raised text={draft.texts[i18n.language]?.title || draft.texts[main]?.title || t('editor.new')} />}
        lead={
          isRestored ? (
            t('editor.restored')
          ) : action?.launch_at ? (
            <Raised text={t('editor.scheduled', clock(action.launch_at, action.time_zone))} />
          ) : (
            t(isEditable ? 'editor.lead' : corrects ? 'editor.correctable' : 'editor.locked')
          )
        }
      >
        {isEditable && (
          <button className="button" type="submit" disabled={save.isPending}>
            {action ? t('editor.save') : t('editor.create')}
          </button>
        )}
      </DeskHead>
      {save.isError && <Trouble error={save.error} kept={t('editor.kept')} />}
      {save.isSuccess && !isDirty && (
        <p className="notice is-good" role="status">
          {t('editor.saved')}
        </p>
      )}
      <div className="side-by-side">
        {LANGUAGES.map((language) => (
          <LanguagePane
            key={language}
            language={language}
            isMain={language === main}
            isReadOnly={!isEditable && !corrects}
            actionId={action?.id}
            text={draft.texts[language] ?? noText}
            titleError={
              language === main ? sentence('title', `texts.${language}.title`) : server[`texts.${language}.title`]?.[0]
            }
            briefError={
              language === main ? sentence('brief', `texts.${language}.brief`) : server[`texts.${language}.brief`]?.[0]
            }
            seats={seats}
            seat={seat}
            onSeat={setSeat}
            onChange={(part) => {
              edit({ texts: { ...draft.texts, [language]: { ...(draft.texts[language] ?? noText), ...part } } });
            }}
          />
        ))}
      </div>
      <div className="side-by-side">
        <section className="pane" aria-labelledby="window">
          <header>
            <h2 id="window">{t('editor.window')}</h2>
          </header>
          <div className="pane-body fields">
            <div className="field">
              <label htmlFor="network">{t('editor.network')}</label>
              <select
                id="network"
                className="input"
                value={draft.network}
                disabled={Boolean(action)}
                onChange={(event) => {
                  edit({ network: event.target.value });
                }}
              >
                {networks.map((network) => (
                  <option key={network.id} value={network.id}>
                    {network.name}
                  </option>
                ))}
              </select>
              <p className="hint">{t('editor.network_why')}</p>
            </div>
            <Select
              label={t('editor.subject')}
              hint={t('editor.subject_why')}
              value={draft.subject}
              disabled={!isEditable}
              options={[
                { value: '', label: t('editor.subject_none') },
                ...asked.map(({ id, title }) => ({ value: id, label: title })),
              ]}
              error={server.subject?.[0]}
              onChange={(event) => {
                edit({ subject: event.target.value });
              }}
            />
            <Select
              label={t('editor.vacant')}
              hint={t(`editor.vacant_why_${draft.vacant}`)}
              value={draft.vacant}
              disabled={!isEditable}
              options={VACANT_RULES.map((rule) => ({ value: rule, label: t(`editor.vacant_${rule}`) }))}
              error={server.vacant_rule?.[0]}
              onChange={(event) => {
                edit({ vacant: event.target.value as VacantRule });
              }}
            />
            <Field
              label={t('editor.starts')}
              type="datetime-local"
              value={draft.starts}
              readOnly={!isEditable}
              onChange={(event) => {
                edit({ starts: event.target.value });
              }}
              error={sentence('starts_at', 'starts_at')}
            />
            <Field
              label={t('editor.ends')}
              hint={t('editor.ends_why')}
              type="datetime-local"
              value={draft.ends}
              readOnly={!isEditable}
              onChange={(event) => {
                edit({ ends: event.target.value });
              }}
              error={sentence('ends_at', 'ends_at')}
            />
          </div>
        </section>
        <div className="stacked">
          <LaunchPane action={action} isDirty={isDirty || isRestored} />
          {action && corrects && (
            <CorrectionPane
              action={action}
              texts={draft.texts}
              main={main}
              isDirty={isDirty || isRestored}
              onCorrected={async () => {
                await forget();
                setDirty(false);
              }}
            />
          )}
          {action?.abilities.see_board && <ParagraphsPane action={action} />}
          {action?.abilities.launch && (
            <RehearsalPane action={action} isDirty={isDirty || isRestored} seats={seats} seat={seat} onSeat={setSeat} />
          )}
        </div>
      </div>
    </form>
  );
}
