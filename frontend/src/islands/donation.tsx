import { startFollowing } from '@/features/fundraising/give/following';
import type { FollowingProps } from '@/features/fundraising/give/following';
import { eachIsland } from '@/lib/islands';

eachIsland<FollowingProps>('donation', startFollowing);
