import { createBrowserRouter, Navigate, Outlet, type RouteObject } from 'react-router';
import { loadCatalogue } from '@/i18n/i18n';
import { Broken } from './broken';
import { Gate } from './gate';
import { Lost } from './lost';
import { Start } from './start';

/** Each shell and each screen is fetched when someone goes there, its texts with it. */
const member: RouteObject = {
  lazy: async () => {
    const [{ MemberShell }] = await Promise.all([import('./shells/member'), loadCatalogue('member')]);
    return { Component: MemberShell };
  },
  children: [
    { path: 'today', lazy: async () => ({ Component: (await import('./routes/today')).Today }) },
    {
      path: 'seat',
      lazy: async () => {
        const [{ MySeat }] = await Promise.all([import('./routes/my-seat'), loadCatalogue('advocacy')]);
        return { Component: MySeat };
      },
    },
    { path: 'seat/messages', lazy: async () => ({ Component: (await import('./routes/seat-messages')).SeatMessages }) },
    {
      path: 'seat/people',
      lazy: async () => {
        const [{ SeatPeople }] = await Promise.all([import('./routes/seat-people'), loadCatalogue('organiser')]);
        return { Component: SeatPeople };
      },
    },
    { path: 'letters', lazy: async () => ({ Component: (await import('./routes/letters')).Letters }) },
    { path: 'wrong', lazy: async () => ({ Component: (await import('./routes/wrong')).Wrong }) },
    { path: 'concerns', lazy: async () => ({ Component: (await import('./routes/concerns')).Concerns }) },
    { path: 'seat/dossier', lazy: async () => ({ Component: (await import('./routes/seat-dossier')).SeatDossier }) },
    { path: 'me', lazy: async () => ({ Component: (await import('./routes/my-page')).MyPage }) },
    { path: 'me/data', lazy: async () => ({ Component: (await import('./routes/my-data')).MyData }) },
    {
      path: 'me/giving',
      lazy: async () => {
        const [{ MyGiving }] = await Promise.all([import('./routes/my-giving'), loadCatalogue('giving')]);
        return { Component: MyGiving };
      },
    },
    { path: 'charter', lazy: async () => ({ Component: (await import('./routes/charter')).Charter }) },
    { path: 'enter', lazy: async () => ({ Component: (await import('./routes/enter')).Enter }) },
    { path: 'officer', lazy: async () => ({ Component: (await import('./routes/officer')).Officer }) },
    {
      path: 'security',
      lazy: async () => {
        const [{ Security }] = await Promise.all([import('./routes/security'), loadCatalogue('security')]);
        return { Component: Security };
      },
    },
    { path: 'assignments/:id', lazy: async () => ({ Component: (await import('./routes/brief')).Brief }) },
  ],
};

const organiser: RouteObject = {
  path: 'desk',
  lazy: async () => {
    const [{ OrganiserShell }] = await Promise.all([import('./shells/organiser'), loadCatalogue('organiser')]);
    return { Component: OrganiserShell };
  },
  children: [
    { index: true, element: <Navigate to="/" replace /> },
    {
      path: 'seats',
      lazy: async () => {
        const [{ DeskSeats }] = await Promise.all([import('./routes/desk-seats'), loadCatalogue('member')]);
        return { Component: DeskSeats };
      },
    },
    { path: 'filling', lazy: async () => ({ Component: (await import('./routes/desk-filling')).DeskFilling }) },
    {
      path: 'applications',
      lazy: async () => ({ Component: (await import('./routes/desk-applications')).DeskApplications }),
    },
    { path: 'care', lazy: async () => ({ Component: (await import('./routes/desk-care')).DeskCare }) },
    { path: 'hand-overs', lazy: async () => ({ Component: (await import('./routes/desk-hand-overs')).DeskHandOvers }) },
    { path: 'people/import', lazy: async () => ({ Component: (await import('./routes/desk-import')).DeskImport }) },
    {
      path: 'people/duplicates',
      lazy: async () => ({ Component: (await import('./routes/desk-duplicates')).DeskDuplicates }),
    },
    {
      path: 'enter',
      lazy: async () => {
        const [{ DeskEnter }] = await Promise.all([import('./routes/desk-enter'), loadCatalogue('member')]);
        return { Component: DeskEnter };
      },
    },
    {
      path: 'people',
      lazy: async () => {
        const [{ DeskPeople }] = await Promise.all([import('./routes/desk-people'), loadCatalogue('member')]);
        return { Component: DeskPeople };
      },
    },
    { path: 'insights', lazy: async () => ({ Component: (await import('./routes/desk-insights')).DeskInsights }) },
    {
      path: 'letters',
      lazy: async () => {
        const [{ Letters }] = await Promise.all([import('./routes/letters'), loadCatalogue('member')]);
        return { Component: Letters };
      },
    },
    { path: 'charter', lazy: async () => ({ Component: (await import('./routes/desk-charter')).DeskCharter }) },
    { path: 'wordings', lazy: async () => ({ Component: (await import('./routes/desk-wordings')).DeskWordings }) },
    { path: 'wordings/:slug', lazy: async () => ({ Component: (await import('./routes/desk-wording')).DeskWording }) },
    { path: 'settings', lazy: async () => ({ Component: (await import('./routes/desk-settings')).DeskSettings }) },
    { path: 'roles', lazy: async () => ({ Component: (await import('./routes/desk-roles')).DeskRoles }) },
    {
      path: 'mps',
      lazy: async () => {
        const [{ DeskMps }] = await Promise.all([import('./routes/desk-mps'), loadCatalogue('advocacy')]);
        return { Component: DeskMps };
      },
    },
    { path: 'actions', lazy: async () => ({ Component: (await import('./routes/desk-actions')).DeskActions }) },
    {
      path: 'actions/calendar',
      lazy: async () => ({ Component: (await import('./routes/desk-calendar')).DeskCalendar }),
    },
    { path: 'actions/new', lazy: async () => ({ Component: (await import('./routes/desk-action')).DeskAction }) },
    { path: 'actions/:id', lazy: async () => ({ Component: (await import('./routes/desk-action')).DeskAction }) },
    {
      path: 'money',
      lazy: async () => {
        await loadCatalogue('money');
        return { Component: Outlet };
      },
      children: [
        {
          path: 'figures',
          lazy: async () => ({ Component: (await import('./routes/money-figures')).MoneyFigures }),
        },
        {
          path: 'donations',
          lazy: async () => ({ Component: (await import('./routes/money-donations')).MoneyDonations }),
        },
        { path: 'decide', lazy: async () => ({ Component: (await import('./routes/money-decide')).MoneyDecide }) },
        { path: 'monthly', lazy: async () => ({ Component: (await import('./routes/money-monthly')).MoneyMonthly }) },
        { path: 'payouts', lazy: async () => ({ Component: (await import('./routes/money-payouts')).MoneyPayouts }) },
        {
          path: 'batches',
          lazy: async () => ({ Component: (await import('./routes/money-batches')).MoneyBatches }),
        },
        { path: 'bank', lazy: async () => ({ Component: (await import('./routes/money-bank')).MoneyBank }) },
        { path: 'books', lazy: async () => ({ Component: (await import('./routes/money-books')).MoneyBooks }) },
        {
          path: 'books/journal',
          lazy: async () => ({ Component: (await import('./routes/money-journal')).MoneyJournal }),
        },
        { path: 'pages', lazy: async () => ({ Component: (await import('./routes/money-pages')).MoneyPages }) },
        { path: 'funds', lazy: async () => ({ Component: (await import('./routes/money-funds')).MoneyFunds }) },
      ],
    },
    { path: 'actions/:id/board', lazy: async () => ({ Component: (await import('./routes/desk-board')).DeskBoard }) },
  ],
};

export const routes: RouteObject[] = [
  {
    path: '/',
    Component: Gate,
    errorElement: <Broken />,
    hydrateFallbackElement: <div className="gate" />,
    children: [{ index: true, Component: Start }, member, organiser, { path: '*', element: <Lost /> }],
  },
];

export function makeRouter() {
  return createBrowserRouter(routes, { basename: '/app' });
}
