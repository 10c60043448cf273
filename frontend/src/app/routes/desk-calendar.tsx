import { CalendarDesk } from '@/features/actions/calendar-desk';

export function DeskCalendar() {
  return <CalendarDesk />;
}
