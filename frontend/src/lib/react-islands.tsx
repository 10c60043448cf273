import { type ComponentType, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { eachIsland } from './islands';

/** Draw a component over what the server sent, with the props that came with the page. */
export function mountReactIslands<Props extends object>(name: string, Island: ComponentType<Props>): void {
  eachIsland<Props>(name, (element, props) => {
    createRoot(element).render(
      <StrictMode>
        <Island {...props} />
      </StrictMode>,
    );
  });
}
