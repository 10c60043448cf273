import { MpsDesk } from '@/features/advocacy/mps-desk';

export function DeskMps() {
  return <MpsDesk />;
}
