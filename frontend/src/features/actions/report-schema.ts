import * as z from 'zod/mini';

/** A report needs one answer; who met nobody says in a few words why, so that others can help. */
export const reportSchema = z
  .object({
    met: z.enum(['holder', 'staff', 'nobody'], 'report.error_met'),
    stance: z.string(),
    quote: z.string().check(z.maxLength(500, 'report.error_long')),
    failed: z.string().check(z.maxLength(500, 'report.error_long')),
  })
  .check(
    z.refine((value) => value.met !== 'nobody' || value.failed.trim().length > 0, {
      path: ['failed'],
      error: 'report.error_failed',
    }),
  );

/** What is wrong, by field. The day is looked at here too: the server may hear of it only days later. */
export function reportErrors(
  value: Record<string, unknown>,
  { first, last }: { first: string; last: string },
): Record<string, string> {
  const result = reportSchema.safeParse(value);
  const errors: Record<string, string> = {};
  for (const issue of result.error?.issues ?? []) errors[issue.path.join('.')] ??= issue.message;
  const met_on = typeof value.met_on === 'string' ? value.met_on : '';
  if (met_on < first || met_on > last) errors.met_on = 'report.error_day';
  return errors;
}
