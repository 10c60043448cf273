import type { DonationOut } from '@/api/schema';
import { attemptFor, finishAttempt } from './attempt';
import { look, post } from './server';

/** What the page of a donation sends: whose it is, where it stands, where to ask. */
export interface FollowingProps {
  fund: string;
  token: string;
  state: DonationOut['state'];
  follow: string;
  /** It may be something else in a moment. */
  isMoving: boolean;
}

const THROUGH: DonationOut['state'][] = ['settled', 'processing', 'held'];
const SOON_MS = 3_000;
const LATER_MS = 60_000;
/** How often the page asks in short steps; a bank's page takes minutes, a debit days. */
const SOON = 40;

/**
 * Let the page of a donation say what is so: it asks at once at the provider, as after the bank's page, then looks on, and
 * draws itself anew once something changed. What came through ends the attempt that this browser kept.
 */
export function startFollowing(
  _root: HTMLElement,
  props: FollowingProps,
  reload: () => void = () => location.reload(),
): void {
  const { fund, token, state, follow } = props;
  if (THROUGH.includes(state) && attemptFor(fund)?.token === token) finishAttempt(fund, token);
  if (!props.isMoving) return;
  let looks = 0;
  const again = async () => {
    const answer = looks === 0 ? await post(follow) : await look(follow);
    looks += 1;
    if (answer.is === 'donation' && answer.donation.state !== state) reload();
    else setTimeout(() => void again(), looks < SOON ? SOON_MS : LATER_MS);
  };
  void again();
}
