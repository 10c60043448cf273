import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '@/api/problem';
import type { SavedView } from '@/api/shapes';
import { meQuery } from '@/entities/person/me';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { deleteView, restoreView, saveView, viewsQuery } from './api';

interface Props {
  filters: Record<string, string>;
  onUse: (filters: Record<string, string>) => void;
}

const isSame = (a: Record<string, string>, b: Record<string, string>) =>
  JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());

/** Views that I saved and that are shared with me: chosen by a press, saved under a name, deleted with a way back. */
export function PeopleViews({ filters, onUse }: Props) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const views = useQuery(viewsQuery);
  const [isNaming, setNaming] = useState(false);
  const [gone, setGone] = useState<SavedView>();
  const keep = { onSuccess: (data: { items: SavedView[] }) => queries.setQueryData(viewsQuery.queryKey, data) };
  const remove = useMutation({ mutationFn: deleteView, ...keep });
  const restore = useMutation({ mutationFn: restoreView, ...keep });
  const items = views.data?.items ?? [];
  const used = items.find((view) => isSame(view.filters, filters));
  return (
    <div className="filters" role="group" aria-label={t('people.views')}>
      {items.map((view) => (
        <button
          key={view.id}
          type="button"
          className="chip"
          aria-pressed={view === used}
          title={view.shared_with ? t('people.view_shared', { area: view.shared_with.name }) : undefined}
          onClick={() => {
            onUse(view.filters);
          }}
        >
          {view.name}
        </button>
      ))}
      {Object.keys(filters).length > 0 && !used && (
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setNaming(true);
          }}
        >
          {t('people.view_save')}
        </button>
      )}
      {used?.is_mine && (
        <button
          type="button"
          className="button bare"
          onClick={() => {
            setGone(used);
            remove.mutate(used.id);
          }}
        >
          {t('people.view_delete')}
        </button>
      )}
      {gone && remove.isSuccess && (
        <span role="status">
          {t('people.view_deleted', { name: gone.name })}{' '}
          <button
            type="button"
            className="button bare"
            onClick={() => {
              restore.mutate(gone.id);
              setGone(undefined);
            }}
          >
            {t('people.view_undo')}
          </button>
        </span>
      )}
      {(remove.isError || restore.isError) && <Trouble error={remove.error ?? restore.error} />}
      {isNaming && (
        <NameView
          filters={filters}
          onClose={() => {
            setNaming(false);
          }}
        />
      )}
    </div>
  );
}

function NameView({ filters, onClose }: { filters: Record<string, string>; onClose: () => void }) {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const { data: me } = useQuery(meQuery);
  const [name, setName] = useState('');
  const [area, setArea] = useState('');
  const save = useMutation({
    mutationFn: saveView,
    onSuccess: (data) => {
      queries.setQueryData(viewsQuery.queryKey, data);
      onClose();
    },
  });
  const areas = (me?.grants ?? []).filter((grant) => grant.role === 'organiser').map((grant) => grant.area);
  const mistake = save.isError ? asProblem(save.error).fields.name?.[0] : undefined;
  function submit(event: FormEvent) {
    event.preventDefault();
    save.mutate({ name, filters, shared_with: area || null });
  }
  return (
    <Dialog title={t('people.view_save')} onClose={onClose}>
      <form className="fields" onSubmit={submit}>
        <Field
          label={t('people.view_name')}
          required
          maxLength={60}
          value={name}
          error={mistake}
          onChange={(event) => {
            setName(event.target.value);
          }}
        />
        <div className="field">
          <label htmlFor="view-area">{t('people.view_for')}</label>
          <select
            id="view-area"
            className="input"
            value={area}
            onChange={(event) => {
              setArea(event.target.value);
            }}
          >
            <option value="">{t('people.view_for_me')}</option>
            {areas.map((one) => (
              <option key={one.id} value={one.id}>
                {t('people.view_for_area', { area: one.name })}
              </option>
            ))}
          </select>
        </div>
        {save.isError && !mistake && <Trouble error={save.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={save.isPending}>
            {t('people.view_keep')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
