import { queryOptions, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { client, read } from '@/api/client';
import type { Staff, StaffNoted } from '@/api/shapes';
import { Dialog } from '@/ui/dialog';
import { Field } from '@/ui/field';
import { Trouble } from '@/ui/trouble';
import { useTold } from './use-told';

const staffQuery = (holder: string) =>
  queryOptions({
    queryKey: ['advocacy', 'staff', holder],
    queryFn: () =>
      read(client.GET('/api/v1/advocacy/office-holders/{id}/staff/', { params: { path: { id: holder } } })),
  });

function noteStaff({ holder, ...body }: StaffNoted & { holder: string }): Promise<Staff> {
  return read(client.POST('/api/v1/advocacy/office-holders/{id}/staff/', { params: { path: { id: holder } }, body }));
}

function removeStaff(id: string): Promise<unknown> {
  return read(client.DELETE('/api/v1/advocacy/staff/{id}/', { params: { path: { id } } }));
}

/** Who works for somebody who sits, until the mandate ends. */
export function StaffPart({ holder }: { holder: string }) {
  const { t } = useTranslation('advocacy');
  const staff = useQuery(staffQuery(holder));
  const [isNoting, setNoting] = useState(false);
  const removing = useTold(removeStaff, () => undefined);
  if (!staff.data) return null;
  return (
    <section className="mp-part">
      <h3>{t('staff.title')}</h3>
      {staff.data.items.length === 0 && <p className="muted">{t('staff.none')}</p>}
      <ul className="mp-lines">
        {staff.data.items.map(({ id, name, role, office_email }) => (
          <li key={id}>
            <p>
              <b>{name}</b>, {role}
            </p>
            {office_email && (
              <p>
                <a href={`mailto:${office_email}`}>{office_email}</a>
              </p>
            )}
            <div className="buttons">
              <button
                type="button"
                className="button bare"
                disabled={removing.isPending}
                onClick={() => {
                  removing.mutate(id);
                }}
              >
                {t('staff.remove', { name })}
              </button>
            </div>
          </li>
        ))}
      </ul>
      {removing.isError && <Trouble error={removing.error} />}
      <button
        type="button"
        className="button bare"
        onClick={() => {
          setNoting(true);
        }}
      >
        {t('staff.do')}
      </button>
      {isNoting && (
        <NoteStaff
          holder={holder}
          onClose={() => {
            setNoting(false);
          }}
        />
      )}
    </section>
  );
}

const FIELDS = [
  ['name', 100],
  ['role', 120],
  ['office_email', 254],
] as const;

function NoteStaff({ holder, onClose }: { holder: string; onClose: () => void }) {
  const { t } = useTranslation('advocacy');
  const [said, setSaid] = useState({ name: '', role: '', office_email: '' });
  const noting = useTold(noteStaff, onClose);
  const mistakes = noting.error?.fields ?? {};
  function onSubmit(event: FormEvent) {
    event.preventDefault();
    noting.mutate({ ...said, holder });
  }
  return (
    <Dialog title={t('staff.do')} onClose={onClose}>
      <form className="fields" noValidate onSubmit={onSubmit}>
        <p className="notice">{t('staff.why')}</p>
        {FIELDS.map(([name, most]) => (
          <Field
            key={name}
            label={t(`staff.${name}`)}
            type={name === 'office_email' ? 'email' : 'text'}
            maxLength={most}
            value={said[name]}
            error={mistakes[name]?.[0]}
            onChange={(event) => {
              setSaid({ ...said, [name]: event.target.value });
            }}
          />
        ))}
        {noting.isError && Object.keys(mistakes).length === 0 && <Trouble error={noting.error} />}
        <div className="buttons">
          <button type="submit" className="button" disabled={noting.isPending}>
            {t('staff.save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
