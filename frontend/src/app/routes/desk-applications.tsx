import { ApplicationsDesk } from '@/features/relays/applications-desk';

export function DeskApplications() {
  return <ApplicationsDesk />;
}
