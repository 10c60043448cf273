import { FillingDesk } from '@/features/relays/filling-desk';
import { NetworkFrame } from '../network-frame';

export function DeskFilling() {
  return <NetworkFrame>{(network) => <FillingDesk key={network.id} network={network} />}</NetworkFrame>;
}
