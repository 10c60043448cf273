import { eachIsland, whenNear } from '@/lib/islands';
import type { PlaceMapProps } from '@/map/place-map';

// A map that zooms is heavy: it comes when asked for (a [data-start] button), else when the reader comes near.
eachIsland<PlaceMapProps>('place-map', (element, props) => {
  const start = () => {
    void import('@/map/place-map').then(({ drawPlaceMap }) => {
      const sheet = document.createElement('div');
      sheet.className = 'map-place';
      element.replaceChildren(sheet);
      drawPlaceMap(sheet, props);
    });
  };
  const button = element.querySelector<HTMLButtonElement>('[data-start]');
  if (button) {
    button.hidden = false;
    button.addEventListener('click', start, { once: true });
  } else {
    whenNear(element, start);
  }
});
