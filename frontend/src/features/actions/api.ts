import { queryOptions } from '@tanstack/react-query';
import { client, read } from '@/api/client';
import { fetchFile } from '@/api/file';
import { kept } from '@/api/kept';
import type {
  Action,
  ActionText,
  Assignment,
  Assignments,
  BoardLine,
  BoardStep,
  BoardStepAsked,
  Corrections,
  LaunchRequests,
  LocalParagraphs,
  Rehearsals,
  TakeOver,
  VacantRule,
} from '@/api/shapes';
import type { Language } from '@/i18n/i18n';

export interface ActionDraft {
  network: string;
  subject: string | null;
  default_language: Language;
  vacant_rule: VacantRule;
  texts: Record<string, ActionText>;
  starts_at: string;
  ends_at: string;
}

export const actionQueries = {
  list: queryOptions({
    queryKey: ['actions', 'list'],
    queryFn: () => read(client.GET('/api/v1/actions/')),
  }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/', { params: { path: { id } } })),
    }),
  dryRun: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'preview'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/preview/', { params: { path: { id } } })),
      staleTime: 0,
    }),
  /** What the launch would meet: taken days, office holders who are asked already, mails that would not arrive. */
  clashes: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'clashes'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/clashes/', { params: { path: { id } } })),
      staleTime: 0,
    }),
  /** What may be named in a brief. */
  blocks: queryOptions({
    queryKey: ['actions', 'blocks'],
    queryFn: () => read(client.GET('/api/v1/actions/blocks/')),
    staleTime: Infinity,
  }),
  /** Markdown as the reader of one seat will see it, completed and cleaned by the server. */
  preview: ({ id, ...body }: { id: string; brief: string; language: Language; seat: string | null }) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'preview', body],
      queryFn: () => read(client.POST('/api/v1/actions/{id}/preview/', { params: { path: { id } }, body })),
      staleTime: 0,
      gcTime: 0,
    }),
  /** The seats whose brief the reader may preview. */
  seats: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'seats'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/seats/', { params: { path: { id } } })),
    }),
  rehearsals: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'rehearsals'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/rehearsals/', { params: { path: { id } } })),
    }),
  /** What was corrected since the launch, and whom another correction would tell now. */
  corrections: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'corrections'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/corrections/', { params: { path: { id } } })),
      staleTime: 0,
    }),
  /** What second persons were asked about the launch. */
  launchRequests: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'launch-requests'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/launch-requests/', { params: { path: { id } } })),
    }),
  paragraphs: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'one', id, 'paragraphs'],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/paragraphs/', { params: { path: { id } } })),
    }),
};

/** Under which name my assignments are kept on this device, each with its brief. */
export const ASSIGNMENTS_KEPT = 'assignments';

export const assignmentQueries = {
  mine: queryOptions({
    queryKey: ['actions', 'assignments', 'mine'],
    queryFn: () =>
      kept.or(ASSIGNMENTS_KEPT, () =>
        read(client.GET('/api/v1/actions/assignments/', { params: { query: { mine: true } } })),
      ),
    ...kept.asking(ASSIGNMENTS_KEPT),
  }),
  one: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'assignments', id],
      queryFn: () =>
        kept.or<Assignment, Assignments>(
          ASSIGNMENTS_KEPT,
          () => read(client.GET('/api/v1/actions/assignments/{id}/', { params: { path: { id } } })),
          ({ items }) => items.find((one) => one.id === id),
        ),
      ...kept.asking(ASSIGNMENTS_KEPT),
    }),
};

export function createAction(body: ActionDraft): Promise<Action> {
  return read(client.POST('/api/v1/actions/', { body }));
}

export function changeAction({ id, ...body }: ActionDraft & { id: string; version: number }): Promise<Action> {
  return read(client.PATCH('/api/v1/actions/{id}/', { params: { path: { id } }, body }));
}

export function rehearse({
  id,
  ...body
}: {
  id: string;
  version: number;
  seat: string;
  colleagues: string[];
  language?: Language;
}): Promise<Rehearsals> {
  return read(client.POST('/api/v1/actions/{id}/rehearsals/', { params: { path: { id } }, body }));
}

/** `version` is the one that was read, 0 where there was none. */
export function writeParagraph({
  id,
  ...body
}: {
  id: string;
  area: string;
  language: Language;
  words: string;
  version: number;
}): Promise<LocalParagraphs> {
  return read(client.PUT('/api/v1/actions/{id}/paragraphs/', { params: { path: { id } }, body }));
}

export function removeParagraph({
  id,
  paragraph,
  version,
}: {
  id: string;
  paragraph: string;
  version: number;
}): Promise<LocalParagraphs> {
  const params = { path: { id, paragraph_id: paragraph }, query: { version } };
  return read(client.DELETE('/api/v1/actions/{id}/paragraphs/{paragraph_id}/', { params }));
}

/** `expected` is the number of messages that the dry run showed: another number stops the launch. */
export function launchAction({ id, expected }: { id: string; expected: number }): Promise<Action> {
  return read(client.POST('/api/v1/actions/{id}/launch/', { params: { path: { id } }, body: { expected } }));
}

/** Ask a second person for the launch of a version, to the number of messages that the dry run showed. */
export function askLaunch({
  id,
  ...body
}: {
  id: string;
  version: number;
  expected: number;
  /** By the clock of the network's country; null: with the yes. */
  launch_at: string | null;
}): Promise<LaunchRequests> {
  return read(client.POST('/api/v1/actions/{id}/launch-requests/', { params: { path: { id } }, body }));
}

/** Set the hour at which it leaves by itself, by the clock of the network's country; or take it back with null. */
export function scheduleAction({
  id,
  launch_at,
  ...known
}: {
  id: string;
  version: number;
  expected: number;
  launch_at: string | null;
}): Promise<Action> {
  const params = { path: { id } };
  return launch_at === null
    ? read(client.DELETE('/api/v1/actions/{id}/schedule/', { params }))
    : read(client.PUT('/api/v1/actions/{id}/schedule/', { params, body: { ...known, launch_at } }));
}

/** Yes: it leaves at once, or at its hour. `expected` is the number of messages that the dry run showed to whoever says so. */
export function agreeToLaunch({
  id,
  request,
  expected,
}: {
  id: string;
  request: string;
  expected: number;
}): Promise<Action> {
  const params = { path: { id, request_id: request } };
  return read(client.POST('/api/v1/actions/{id}/launch-requests/{request_id}/agree/', { params, body: { expected } }));
}

/** No, and why; or what I asked taken back. */
export function settleLaunch({
  id,
  request,
  reason,
}: {
  id: string;
  request: string;
  reason?: string;
}): Promise<LaunchRequests> {
  const params = { path: { id, request_id: request } };
  return reason === undefined
    ? read(client.POST('/api/v1/actions/{id}/launch-requests/{request_id}/withdraw/', { params }))
    : read(client.POST('/api/v1/actions/{id}/launch-requests/{request_id}/refuse/', { params, body: { reason } }));
}

/** `changed` says in a sentence, by language, what differs from the version that was read. */
export function correctAction({
  id,
  ...body
}: {
  id: string;
  version: number;
  texts: Record<string, ActionText>;
  changed: Record<string, string>;
}): Promise<Corrections> {
  return read(client.POST('/api/v1/actions/{id}/corrections/', { params: { path: { id } }, body }));
}

export function undoCorrection({ id, correction }: { id: string; correction: string }): Promise<Corrections> {
  const params = { path: { id, correction_id: correction } };
  return read(client.POST('/api/v1/actions/{id}/corrections/{correction_id}/undo/', { params }));
}

/** `expected` is the number of people who will be told. */
export function stopAction({ id, expected }: { id: string; expected: number }): Promise<Action> {
  return read(client.POST('/api/v1/actions/{id}/stop/', { params: { path: { id } }, body: { expected } }));
}

export type AssignmentAnswer =
  { id: string; answer: 'accept' } | { id: string; answer: 'decline' | 'block'; reason: string };

export function answerAssignment(said: AssignmentAnswer): Promise<Assignment> {
  const params = { path: { id: said.id } };
  if (said.answer === 'accept') return read(client.POST('/api/v1/actions/assignments/{id}/accept/', { params }));
  const body = { reason: said.reason };
  return said.answer === 'decline'
    ? read(client.POST('/api/v1/actions/assignments/{id}/decline/', { params, body }))
    : read(client.POST('/api/v1/actions/assignments/{id}/block/', { params, body }));
}

/** Take the photo of a report out: the words stay. */
export function removeReportPhoto(id: string) {
  return read(client.DELETE('/api/v1/actions/assignments/{id}/report/photo/', { params: { path: { id } } }));
}

/** What I am asked to take over next door. */
export const takeOversQuery = queryOptions({
  queryKey: ['actions', 'take-overs'],
  queryFn: () => read(client.GET('/api/v1/actions/take-overs/')),
});

export function answerTakeOver({ id, answer }: { id: string; answer: 'accept' | 'decline' }): Promise<TakeOver> {
  const params = { path: { id } };
  return answer === 'accept'
    ? read(client.POST('/api/v1/actions/take-overs/{id}/accept/', { params }))
    : read(client.POST('/api/v1/actions/take-overs/{id}/decline/', { params, body: { reason: '' } }));
}

export const stepQueries = {
  /** What organisers did from the board. */
  all: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'steps', id],
      queryFn: () => read(client.GET('/api/v1/actions/{id}/steps/', { params: { path: { id } } })),
    }),
  /** One line, with what each next step would do; asked anew whenever the line changed. */
  line: (id: string, line: BoardLine) =>
    queryOptions({
      queryKey: ['actions', 'line', line.id, line.changed_at],
      queryFn: () =>
        read(
          client.GET('/api/v1/actions/{id}/board/{assignment}/', {
            params: { path: { id, assignment: line.id } },
          }),
        ),
    }),
  /** What relaunching all the late ones would do now. */
  relaunch: (id: string) =>
    queryOptions({
      queryKey: ['actions', 'relaunch', id],
      queryFn: () =>
        read(
          client.POST('/api/v1/actions/{id}/steps/preview/', {
            params: { path: { id } },
            body: { kind: 'relaunch' },
          }),
        ),
      staleTime: 0,
      gcTime: 0,
    }),
};

/** The same key twice does it once: a press that is repeated after a lost network reminds nobody twice. */
export function takeStep({ id, key, ...body }: BoardStepAsked & { id: string; key: string }): Promise<BoardStep> {
  return read(
    client.POST('/api/v1/actions/{id}/steps/', {
      params: { path: { id }, header: { 'Idempotency-Key': key } },
      body,
    }),
  );
}

export function undoStep({ id, step }: { id: string; step: string }): Promise<BoardStep> {
  return read(client.POST('/api/v1/actions/{id}/steps/{step}/undo/', { params: { path: { id, step } } }));
}

export function takeBoard({ id, reason }: { id: string; reason: string }): Promise<Blob> {
  return fetchFile(`/api/v1/actions/${id}/board/export/`, { reason });
}
