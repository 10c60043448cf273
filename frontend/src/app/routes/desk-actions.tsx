import { ActionsDesk } from '@/features/actions/actions-desk';

export function DeskActions() {
  return <ActionsDesk />;
}
