import { HandOversDesk } from '@/features/relays/hand-overs-desk';

export function DeskHandOvers() {
  return <HandOversDesk />;
}
