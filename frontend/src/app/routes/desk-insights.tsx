import { ProgressDesk } from '@/features/insights/progress-desk';
import { NetworkFrame } from '../network-frame';

export function DeskInsights() {
  return <NetworkFrame>{(network) => <ProgressDesk network={network.id} />}</NetworkFrame>;
}
