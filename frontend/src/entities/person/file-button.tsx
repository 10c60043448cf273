import { useMutation } from '@tanstack/react-query';
import { fetchFile } from '@/api/file';
import { saveFile } from '@/lib/save-file';
import { Trouble } from '@/ui/trouble';

interface Props {
  word: string;
  path: string;
  /** What the file is called on the reader's device. */
  name: string;
}

/** Take something about people away as a file, after a proof where the last one is too old. */
export function FileButton({ word, path, name }: Props) {
  const take = useMutation({
    mutationFn: () => fetchFile(path),
    onSuccess: (file) => {
      saveFile(file, name);
    },
  });
  return (
    <>
      <button
        type="button"
        className="button line"
        disabled={take.isPending}
        onClick={() => {
          take.mutate();
        }}
      >
        {word}
      </button>
      {take.isError && <Trouble error={take.error} />}
    </>
  );
}
