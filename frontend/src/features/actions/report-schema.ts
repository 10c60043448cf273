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

export function reportErrors(value: Record<string, string>): Record<string, string> {
  const result = reportSchema.safeParse(value);
  const errors: Record<string, string> = {};
  for (const issue of result.error?.issues ?? []) errors[issue.path.join('.')] ??= issue.message;
  return errors;
}
