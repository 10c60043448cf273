import { PeopleDesk } from '@/features/people/people-desk';

export function DeskPeople() {
  return <PeopleDesk />;
}
