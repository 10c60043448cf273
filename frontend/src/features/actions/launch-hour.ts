import { instant } from '@/lib/format';
import { townOf, wallClock } from '@/lib/local-time';

/** An hour of the network's country with the town whose clock shows it, as sentences say it. */
export function clock(iso: string, zone: string): { at: string; town: string } {
  return { at: instant(wallClock(iso, zone)), town: townOf(zone) };
}
