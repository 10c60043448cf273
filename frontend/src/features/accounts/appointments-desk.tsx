import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Appointment } from '@/api/shapes';
import { dated } from '@/lib/format';
import { Blank } from '@/ui/blank';
import { ListBody } from '@/ui/list-body';
import { type Column, ListTable } from '@/ui/list-table';
import { Pane } from '@/ui/pane';
import { Raised } from '@/ui/raised';
import { Trouble } from '@/ui/trouble';
import { UndoToast } from '@/ui/undo-toast';
import { appointmentsQuery, endAppointment } from './appointments-api';

const keyOf = (appointment: Appointment) => appointment.id;

/** Who holds which role: addresses in part, since an administrator sees settings and no people. */
export function AppointmentsDesk() {
  const { t } = useTranslation('organiser');
  const queries = useQueryClient();
  const list = useQuery(appointmentsQuery);
  const [ending, setEnding] = useState<Appointment>();
  const end = useMutation({
    mutationFn: endAppointment,
    onSettled: () => queries.invalidateQueries({ queryKey: appointmentsQuery.queryKey }),
  });
  const rows = useMemo(() => (list.data?.items ?? []).filter((row) => row.id !== ending?.id), [list.data, ending]);
  const columns = useMemo<Column<Appointment>[]>(
    () => [
      {
        name: 'role',
        word: t('roles.column_role'),
        isHead: true,
        cell: (row) => t(`roles.role_${row.role}`),
      },
      { name: 'place', word: t('roles.column_place'), cell: (row) => <Raised text={row.area.name} /> },
      {
        name: 'address',
        word: t('roles.column_address'),
        cell: (row) => (row.is_me ? t('roles.me', { address: row.address }) : row.address),
      },
      {
        name: 'since',
        word: t('roles.column_since'),
        cell: (row) => (row.has_signed_in ? <Raised text={dated(row.starts_at)} /> : t('roles.invited')),
      },
      {
        name: 'end',
        word: t('roles.column_end'),
        cell: (row) => (
          <button
            type="button"
            className="button bare"
            aria-label={t('roles.end_label', { role: t(`roles.role_${row.role}`), place: row.area.name })}
            onClick={() => {
              setEnding(row);
            }}
          >
            {t('roles.end')}
          </button>
        ),
      },
    ],
    [t],
  );
  return (
    <Pane title={t('roles.held')} note={list.data && t('roles.shown', { count: rows.length })}>
      {end.isError && <Trouble error={end.error} kept={t('roles.unchanged')} />}
      <ListBody list={list} blank={rows.length === 0 && <Blank title={t('roles.none')} />}>
        <ListTable label={t('roles.held')} rows={rows} columns={columns} keyOf={keyOf} />
      </ListBody>
      {ending && (
        <UndoToast
          key={ending.id}
          text={t('roles.ending', { role: t(`roles.role_${ending.role}`), place: ending.area.name })}
          onUndo={() => {
            setEnding(undefined);
          }}
          onDone={() => {
            end.mutate(ending.id);
            setEnding(undefined);
          }}
        />
      )}
    </Pane>
  );
}
