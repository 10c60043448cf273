import { WordingsDesk } from '@/features/people/wordings-desk';

export function DeskWordings() {
  return <WordingsDesk />;
}
