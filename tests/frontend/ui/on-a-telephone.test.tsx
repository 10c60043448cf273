import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it } from 'vitest';
import { ListFoot } from '@/ui/list-foot';
import { type Column, ListTable } from '@/ui/list-table';
import { SidePanel } from '@/ui/side-panel';

const shells = join(import.meta.dirname, '../../../frontend/src/app/shells');

interface Row {
  name: string;
  place: string;
  hours: string;
}

const columns: Column<Row>[] = [
  { name: 'name', word: 'Person', isHead: true, cell: ({ name }) => name },
  { name: 'place', word: 'Seat', isUnderName: true, cell: ({ place }) => place },
  { name: 'hours', word: 'Promise', isNumber: true, cell: ({ hours }) => hours },
];
const rows = [{ name: 'Awa Sorel', place: 'Alder, 2nd', hours: '4 h left' }];

/** The rules of the desk that hold on such a screen, or on any ('all'): jsdom applies none of them. */
function rulesWhere(media: string): { selector: string; says: string }[] {
  const text = ['desk.css', 'desk-panes.css', 'desk-tables.css']
    .map((name) => readFileSync(join(shells, name), 'utf8'))
    .join('\n')
    .replace(/\/\*.*?\*\//gs, '');
  const blocks = [...text.matchAll(/^@media ([^{]+)\{\n(.*?)^\}/gms)];
  const chosen =
    media === 'all'
      ? blocks.reduce((rest, [block]) => rest.replace(block, ''), text)
      : blocks.flatMap(([, screens, rules]) => (screens?.includes(media) ? [rules] : [])).join('\n');
  return [...chosen.matchAll(/([^{}]+)\{([^{}]*)\}/g)].map(([, selector = '', says = '']) => ({ selector, says }));
}

const isLeftOut = (element: Element, media: string) =>
  rulesWhere(media).some(({ selector, says }) => says.includes('display: none') && element.matches(selector));

describe('on a telephone', () => {
  it('says no keys where there is no keyboard: neither under a list nor beside it', () => {
    render(
      <div className="desk">
        <ListFoot keys="open">1 application</ListFoot>
        <SidePanel label="Application" title="Choose an application" why="In the list." isWalked>
          {null}
        </SidePanel>
      </div>,
    );
    const panel = screen.getByRole('complementary', { name: 'Application' });
    for (const keys of [within(panel).getByText('Or with the keys J and K.'), screen.getByText(/walk/)]) {
      expect(isLeftOut(keys, 'hover: none')).toBe(true);
      expect(isLeftOut(keys, 'max-width: 900px')).toBe(true);
      expect(isLeftOut(keys, 'all')).toBe(false);
    }
    expect(isLeftOut(within(panel).getByText(/In the list\./), 'hover: none')).toBe(false);
  });

  it('leaves the panel out in which nothing is chosen, and shows the one in which something is', () => {
    render(
      <div className="desk">
        {['Nothing', 'Something'].map((label) => (
          <div className="duo" key={label}>
            <SidePanel label={label} title="Choose a row" why="In the list.">
              {label === 'Nothing' ? null : <p>Awa Sorel</p>}
            </SidePanel>
          </div>
        ))}
      </div>,
    );
    const [empty, chosen] = screen.getAllByRole('complementary') as [HTMLElement, HTMLElement];
    expect([empty, chosen].map((panel) => isLeftOut(panel, 'max-width: 900px'))).toEqual([true, false]);
    expect(isLeftOut(empty, 'all')).toBe(false);
  });

  it('says no keys of a list that is not walked through', () => {
    render(
      <SidePanel label="Application" title="This application is gone" why="It was taken back.">
        {null}
      </SidePanel>,
    );
    expect(screen.queryByText(/keys/)).toBeNull();
  });

  it('puts what has no room of its own under the name of the row', () => {
    render(
      <div className="desk">
        <ListTable label="To call" rows={rows} columns={columns} keyOf={({ name }) => name} />
      </div>,
    );
    const under = within(screen.getByRole('rowheader')).getByText('Alder, 2nd');
    const [beside, promise] = screen.getAllByRole('cell') as [HTMLElement, HTMLElement];
    const heads = screen.getAllByRole('columnheader');
    expect(beside).toHaveTextContent('Alder, 2nd');
    expect(isLeftOut(under, 'all')).toBe(true);
    expect([beside, heads[1]].map((cell) => cell && isLeftOut(cell, 'max-width: 600px'))).toEqual([true, true]);
    expect([promise, heads[0]].map((cell) => cell && isLeftOut(cell, 'max-width: 600px'))).toEqual([false, false]);
    const shown = rulesWhere('max-width: 600px').filter(({ selector }) => under.matches(selector));
    expect(shown.some(({ says }) => says.includes('display: block'))).toBe(true);
  });

  it('sorts by what stands under the name, and says so where its column is left out', async () => {
    const sorts: string[] = [];
    const sorted: Column<Row, 'name' | 'place'>[] = [
      { name: 'name', word: 'Person', sort: ['name', 'ascending'], isHead: true, cell: ({ name }) => name },
      { name: 'place', word: 'Seat', sort: ['place', 'ascending'], isUnderName: true, cell: ({ place }) => place },
      { name: 'hours', word: 'Promise', isNumber: true, cell: ({ hours }) => hours },
    ];
    const table = (sort: 'name' | 'place') => (
      <div className="desk">
        <ListTable
          label="To call"
          rows={rows}
          columns={sorted}
          keyOf={({ name }) => name}
          sort={sort}
          onSort={(name) => sorts.push(name)}
        />
      </div>
    );
    const { rerender } = render(table('name'));
    const [people, places] = screen.getAllByRole('columnheader') as [HTMLElement, HTMLElement];
    const under = within(people).getByRole('button', { name: 'Seat' });
    expect(isLeftOut(under, 'all')).toBe(true);
    expect(isLeftOut(under, 'max-width: 600px')).toBe(false);
    const shown = rulesWhere('max-width: 600px').filter(({ selector }) => under.matches(selector));
    expect(shown.some(({ says }) => says.includes('display: block'))).toBe(true);
    await userEvent.click(under);
    expect(sorts).toEqual(['place']);
    expect(people).toHaveAttribute('aria-sort', 'ascending');
    expect(under).toHaveAttribute('aria-pressed', 'false');
    rerender(table('place'));
    expect(people).not.toHaveAttribute('aria-sort');
    expect(places).toHaveAttribute('aria-sort', 'ascending');
    expect(under).toHaveAttribute('aria-pressed', 'true');
    expect(under).toHaveAttribute('data-order', 'ascending');
  });
});
