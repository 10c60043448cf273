import * as z from 'zod/mini';

/** What an action must hold before the server is asked; the sentences are keys of the catalogue. */
export const editorSchema = z
  .object({
    title: z
      .string()
      .check(z.trim(), z.minLength(1, 'editor.error_title'), z.maxLength(120, 'editor.error_title_long')),
    brief: z.string().check(z.trim(), z.minLength(1, 'editor.error_brief')),
    starts_at: z.string().check(z.minLength(1, 'editor.error_starts')),
    ends_at: z.string().check(z.minLength(1, 'editor.error_ends')),
  })
  .check(
    z.refine((value) => !value.starts_at || !value.ends_at || value.ends_at > value.starts_at, {
      path: ['ends_at'],
      error: 'editor.error_window',
    }),
  );

/** The first sentence of each field that is wrong. */
export function editorErrors(value: z.input<typeof editorSchema>): Record<string, string> {
  const result = editorSchema.safeParse(value);
  const errors: Record<string, string> = {};
  for (const issue of result.error?.issues ?? []) errors[issue.path.join('.')] ??= issue.message;
  return errors;
}
