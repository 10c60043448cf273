import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import type { CalendarAsked, CalendarBrought, CalendarWindow } from '@/api/shapes';

export const calendarQuery = queryOptions({
  queryKey: ['actions', 'calendar'],
  queryFn: () => read(client.GET('/api/v1/actions/calendar/')),
});

/** Where an empty table with its headings is. */
export const CALENDAR_MODEL = '/api/v1/actions/calendar/file/';

export function writeWindow({ id, ...body }: CalendarAsked & { id: string | null }): Promise<CalendarWindow> {
  return id
    ? read(client.PUT('/api/v1/actions/calendar/{id}/', { params: { path: { id } }, body }))
    : read(client.POST('/api/v1/actions/calendar/', { body }));
}

export function removeWindow(id: string): Promise<unknown> {
  return read(client.DELETE('/api/v1/actions/calendar/{id}/', { params: { path: { id } } }));
}

/** All lines of a file, or none; `dry` only says what they would bring. */
export function bringCalendar({ file, dry }: { file: File; dry: boolean }): Promise<CalendarBrought> {
  return read(
    client.POST('/api/v1/actions/calendar/file/', {
      params: { query: dry ? { dry } : {} },
      headers: { 'Content-Type': 'text/csv' },
      body: file as unknown as string,
      bodySerializer: (body) => body as unknown as File,
    }),
  );
}
