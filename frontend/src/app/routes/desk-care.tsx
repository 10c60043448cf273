import { CareDesk } from '@/features/relays/care-desk';

export function DeskCare() {
  return <CareDesk />;
}
